"""Takes away one check of who may what at a time, and sees whether a test notices (quality.md §4 g). Run by `script/mutants`."""
