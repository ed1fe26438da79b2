from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"

    def ready(self) -> None:
        from knowledge.outside import MASKS
        from surveys import receivers  # noqa: F401 - hears of sent mail; models must be loaded first
        from surveys.access import names_to_mask
        from surveys.masking import mask

        MASKS.append(
            lambda words: mask(words, names_to_mask())
        )  # what citizens write below an answer, as their words in a survey
