"""How a report looks and what its filter does: the style and the script that stand in the page."""

from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --line: #8885; --soft: #8881; --text: #1c2430; --dim: #66707d;
  --paper: #fff; --blue: #2f6fed; --bar: #9dbcf7; --good: #14804a; --bad: #c2352b; --part: #a86a00; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ee; --dim: #9aa4b1; --paper: #14181f; --blue:
  #7aa5ff;
  --bar: #35548f; --good: #56c58c; --bad: #ff8a80; --part: #e6b35a; } }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--text);
  background: var(--paper); max-width: 70rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0; } h1[id] { margin-top: 3rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0; } p { margin: .35rem 0; } .dim, figcaption { color: var(--dim); font-size:
  .875rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; overflow-wrap:
  normal; }
th { color: var(--dim); font-weight: 500; } th, td { padding: .3rem .6rem; border-bottom: 1px solid
  var(--line);
  text-align: right; white-space: nowrap; vertical-align: top; font-variant-numeric: tabular-nums; }
th:first-child, td:first-child, td.words, th.words { text-align: left; }
td.words { white-space: normal; min-width: 9rem; overflow-wrap: anywhere; }
tr.first td { font-weight: 600; } td.plot { width: 32%; min-width: 8rem; }
svg.bar { display: block; width: 100%; height: 1.25rem; background: var(--soft); border-radius: 2px; }
.value { fill: var(--bar); } .bar line { vector-effect: non-scaling-stroke; stroke-width: 2; stroke:
  var(--text); }
.bar .chance { stroke: var(--bad); stroke-dasharray: 3 2; } .bar .blind { stroke: var(--part); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .6rem; margin:
  .75rem 0; }
.tiles div { background: var(--soft); border-radius: .5rem; padding: .6rem .8rem; }
.tiles b { display: block; font-size: 1.5rem; line-height: 1.2; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1rem; }
figure { margin: .5rem 0; max-width: 34rem; } svg.plot { width: 100%; height: auto; }
svg.plot text { font-size: 11px; fill: var(--dim); } svg.plot .grid { stroke: var(--line); }
.keys { display: flex; flex-wrap: wrap; gap: .25rem 1rem; font-size: .85rem; }
.keys i { display: inline-block; width: .8em; height: .8em; margin-right: .35em; border-radius: 2px; }
form { position: sticky; top: 0; background: var(--paper); padding: .6rem 0; z-index: 2; display: flex;
  flex-wrap: wrap;
  gap: .5rem; align-items: center; border-bottom: 1px solid var(--line); }
select, input { font: inherit; font-size: .9rem; padding: .3rem .4rem; max-width: 100%; min-width: 0; }
form select { flex: 1 1 8rem; } form input[type=search] { flex: 2 1 10rem; } form output { flex: 1 0 8rem;
  text-align: right; }
article { border: 1px solid var(--line); border-left: .3rem solid var(--line); border-radius: .4rem;
  padding: .7rem .9rem;
  margin: .8rem 0; content-visibility: auto; contain-intrinsic-size: auto 22rem; }
article[hidden] { display: none; } article[data-mark=right] { border-left-color: var(--good); }
article[data-mark=wrong] { border-left-color: var(--bad); } article[data-mark=partly] { border-left-color:
  var(--part); }
article header { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; }
.mark { font-weight: 600; } .right { color: var(--good); } .wrong { color: var(--bad); } .partly { color:
  var(--part); }
.shots { display: flex; gap: .4rem; overflow-x: auto; padding: .4rem 0; } .shot { position: relative; flex:
  none; margin: 0; }
.shot img { display: block; height: 9rem; max-width: 75vw; object-fit: contain; background: var(--soft);
  cursor: zoom-in; }
.shot.big { flex: 1 0 100%; } .shot.big img { height: auto; width: 100%; max-width: 100%; cursor: zoom-out; }
.shot svg { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; }
.shot svg * { fill: none; stroke-width: 2.5; vector-effect: non-scaling-stroke; }
.truth { stroke: #16c172; } .given { stroke: #ff7a1a; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0; font: inherit; unicode-bidi:
  isolate; max-height: 24rem; overflow: auto; }
pre.reply { background: var(--soft); padding: .4rem .6rem; border-radius: .3rem; } mark { background:
  #ffd54a; color: #111; border-radius: 2px; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .1rem .8rem; margin: .4rem 0; }
dt { color: var(--dim); } dd { margin: 0; } code { background: var(--soft); padding: 0 .25rem;
  border-radius: 2px; }
summary { cursor: pointer; color: var(--blue); } details img { max-width: 100%; background: #fff;
  border-radius: .3rem; margin-top: .4rem; }
a { color: var(--blue); }
"""

SCRIPT: Final = """
(() => {
  const form = document.querySelector('form'), all = [...document.querySelectorAll('article')];
  for (const each of document.querySelectorAll('img[data-as]'))
    each.src = document.getElementById(each.dataset.as).src;
  document.addEventListener('click', (event) => {
    if (event.target.matches('.shot img')) event.target.closest('.shot').classList.toggle('big');
  });
  if (!form) return;
  const told = form.querySelector('output'), words = form.elements.words;
  const picks = [...form.querySelectorAll('select')];
  const show = () => {
    const wanted = picks.filter((each) => each.value).map((each) => [each.name, each.value]);
    const text = words.value.trim().toLowerCase();
    let count = 0;
    for (const each of all) {
      const fits = wanted.every(([name, value]) => each.dataset[name] === value)
        && (!text || each.textContent.toLowerCase().includes(text));
      each.hidden = !fits;
      count += fits;
    }
    told.textContent = count.toLocaleString('en') + ' of ' + all.length.toLocaleString('en');
  };
  let waiting;
  words.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(show, 150); });
  for (const each of picks) each.addEventListener('change', show);
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', () => {
    const found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (found && found.hidden) { form.reset(); show(); found.scrollIntoView(); }
  });
  show();
})();
"""
"""The filter; without it the page shows all there is, and each picture where it first stands."""
