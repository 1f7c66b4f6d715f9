"""The style sheet of the status page: light and dark, and narrow enough for a phone."""

from __future__ import annotations

from collections.abc import Mapping

from bot.status.document_status import State

COLOURS: Mapping[State, tuple[str, str]] = {
    "up to date": ("#1a7f37", "#56d364"),
    "behind": ("#8a5a00", "#e3b341"),
    "English left": ("#0b6e7f", "#56d4dd"),
    "drifted": ("#7a3fd1", "#c297ff"),
    "unreviewed": ("#0b6e8a", "#76d0e8"),
    "machine draft": ("#0a5fcc", "#79c0ff"),
    "never translated": ("#656d76", "#9198a1"),
    "no baseline": ("#656d76", "#9198a1"),
    "orphan": ("#a8327d", "#ff9bce"),
    "unreadable": ("#c21f2b", "#ff938a"),
}
"""The colour of each state in light and in dark; each has a contrast of at least 4.5 to 1 with the background."""


def slug(state: State) -> str:
    """The name of a state as a class."""
    return state.lower().replace(" ", "-")


def style() -> str:
    """The whole style sheet."""
    light, dark = ("".join(f"--{slug(s)}:{c[n]};" for s, c in COLOURS.items()) for n in (0, 1))
    states = "\n".join(f".{slug(state)}{{--own:var(--{slug(state)})}}" for state in COLOURS)
    return _STYLE.replace("/*light*/", light).replace("/*dark*/", dark) + states + "\n"


_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--panel:#f6f8fa;--link:#0a5fcc;
/*light*/}
@media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--soft:#9198a1;--line:#3d444d;--panel:#151b23;
--link:#79c0ff;/*dark*/}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);line-height:1.5;
font-family:system-ui,"Segoe UI","Noto Sans","Noto Sans CJK SC","Noto Sans CJK JP","Noto Sans CJK KR",Arial,sans-serif}
header,main,footer{max-width:76rem;margin:auto;padding:0 1.25rem}
header{padding-top:2rem}
footer{padding-bottom:3rem;color:var(--soft);font-size:.875rem}
h1{font-size:1.75rem;margin:0 0 .25rem}
h2{font-size:1.25rem;margin:2.5rem 0 .75rem}
h3{font-size:1.05rem;margin:0}
p{margin:.25rem 0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
code{font-family:ui-monospace,"SF Mono","DejaVu Sans Mono",Consolas,monospace;font-size:.875em;overflow-wrap:anywhere}
.soft{color:var(--soft)}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,21rem),1fr));gap:1rem;margin:0;padding:0;
list-style:none}
.cards>li{background:var(--panel);border:1px solid var(--line);border-radius:.5rem;padding:1rem 1.25rem}
.head{display:flex;justify-content:space-between;align-items:baseline;gap:1rem}
.share{font-size:1.5rem;font-weight:600;font-variant-numeric:tabular-nums}
.bar{height:.75rem;border-radius:.375rem;overflow:hidden;display:flex;margin:.5rem 0 .75rem;
border:1px solid var(--line)}
.bar span{background:var(--own)}
dl{display:grid;grid-template-columns:1fr auto;gap:.125rem .75rem;margin:0;font-size:.9375rem}
dt{color:var(--soft)}
dd{margin:0;text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.legend{display:flex;flex-wrap:wrap;gap:.375rem 1.25rem;margin:0 0 1rem;padding:0;list-style:none;font-size:.875rem}
.legend li{display:flex;align-items:center;gap:.5rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--soft);font-size:.875rem;padding-bottom:.5rem}
.swatch{display:inline-block;width:.75rem;height:.75rem;margin-right:.5rem;border-radius:.125rem;
background:var(--own);border:1px solid var(--own)}
.swatch.never-translated{background:none}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line)}
thead th{font-size:.875rem;color:var(--soft);font-weight:600}
tbody th{font-weight:500}
.picture th[scope=row]{width:16rem;min-width:7rem;overflow-wrap:anywhere}
.picture td{min-width:9rem}
.picture small,.list small{display:block;color:var(--soft);font-weight:400;overflow-wrap:anywhere}
.cells{display:flex;flex-wrap:wrap;gap:.25rem;margin:0;padding:0;list-style:none}
.cell{display:grid;place-items:center;width:1.5rem;height:1.5rem;border-radius:.25rem;background:var(--own);
border:1px solid var(--own);color:var(--paper);font-size:.8125rem;font-weight:700;line-height:1;text-decoration:none;
flex:none}
.legend .behind{--done:65%}
.cell.behind{background:conic-gradient(var(--own) var(--done,0%),transparent 0);background-origin:border-box;
border-radius:50%;border-width:2px}
.cell.never-translated{background:none;border:2px dashed var(--own)}
.cell.machine-draft,.cell.no-baseline{background:none;color:var(--own);border-width:2px}
.state{white-space:nowrap;color:var(--own);font-weight:600}
.list{font-size:.9375rem}
.list code{color:var(--soft);font-size:.8125rem}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
thead .number{white-space:normal}
tr:target{background:var(--panel);outline:2px solid var(--link)}
details{margin:.75rem 0}
summary{cursor:pointer;padding:.5rem 0}
summary h3{display:inline}
@media (max-width:40rem){header,main,footer{padding-left:1rem;padding-right:1rem}
.list thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.list tr{display:block;padding:.5rem 0;border-bottom:1px solid var(--line)}
.list th,.list td{display:inline-block;border:0;padding:0 1rem 0 0;text-align:left}
.list th{display:block}
.list td:empty{display:none}
.picture td::before,.list td[data-name]::before{content:attr(data-name) " ";color:var(--soft)}
.picture thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.picture tr{display:block;padding:.75rem 0;border-bottom:1px solid var(--line)}
.picture th[scope=row]{display:block;width:auto;border:0;padding:0 0 .25rem}
.picture td{display:grid;grid-template-columns:3.5rem 1fr;border:0;padding:.25rem 0;font-size:.875rem}
.picture td:empty{display:none}}
"""
