/** The one stylesheet, inlined: the pages must work without any other file. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2733; --soft: #5b6b7b; --line: #d9e1e8; --paper: #fff;
  --ground: #f3f6f9; --accent: #0b6aa8; --warn: #8a5300; --mark: #fff3d6; --good: #12703f;
  --bad: #a32626; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4eaf0; --soft: #9fb0c0; --line: #33414f;
  --paper: #18212b; --ground: #10171e; --accent: #6cb8ee; --warn: #f2c879; --mark: #3a2e12;
  --good: #6fd3a0; --bad: #f29a9a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
.mark { background: var(--mark); color: var(--warn); text-align: center; padding: .35rem 1rem;
  font-weight: 600; font-size: .9rem; }
header nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: .75rem 1rem;
  max-width: 70rem; margin: auto; }
header a { color: var(--soft); text-decoration: none; padding: .25rem 0; }
header a:hover, header a[aria-current] { color: var(--accent); text-decoration: underline;
  text-underline-offset: .35rem; }
main { max-width: 70rem; margin: 0 auto 4rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 1rem 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
section.card, form.card { background: var(--paper); border: 1px solid var(--line);
  border-radius: .6rem; padding: 1rem 1.25rem; margin: 1rem 0; }
.scroll { overflow-x: auto; background: var(--paper); border: 1px solid var(--line);
  border-radius: .6rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .5rem .75rem; border-bottom: 1px solid var(--line);
  vertical-align: top; } tr:last-child td { border-bottom: 0; }
th { color: var(--soft); font-weight: 600; } td.amount, th.amount { text-align: right;
  font-variant-numeric: tabular-nums; white-space: nowrap; } td.when { white-space: nowrap; }
th.action { font-size: 0; } td { overflow-wrap: break-word; } td button { white-space: nowrap; } td pre { margin: .5rem 0; }
code, pre, .code { font: .85rem/1.5 ui-monospace, SFMono-Regular, Menlo, monospace;
  overflow-wrap: anywhere; } pre { overflow-x: auto; background: var(--ground); padding: .75rem;
  border-radius: .4rem; white-space: pre-wrap; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .35rem 1.25rem;
  margin: 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.whole { user-select: all; } .wide { width: 100%; } h3 { font-size: 1rem; margin: 0 0 .5rem; }
summary { cursor: pointer; } .grid { display: grid; gap: 0 1rem;
  grid-template-columns: repeat(auto-fit, minmax(min(30rem, 100%), 1fr)); }
section.card > h2:first-child, section.card > .big:first-child { margin-top: 0; }
nav.choice-of-seller { display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin: 1rem 0; }
nav.choice-of-seller > * { padding: .3rem 0; }
button, .button { font: inherit; background: var(--accent); color: var(--paper); border: 0;
  border-radius: .4rem; padding: .5rem 1rem; cursor: pointer; text-decoration: none; }
button.plain { background: none; color: var(--accent); border: 1px solid var(--line); }
button:focus-visible, a:focus-visible, input:focus-visible, select:focus-visible {
  outline: 3px solid var(--accent); outline-offset: 2px; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
.row > * { max-width: 100%; }
label { display: block; color: var(--soft); font-size: .85rem; }
input, select, textarea { font: inherit; color: inherit; background: var(--ground);
  border: 1px solid var(--line); border-radius: .4rem; padding: .45rem .6rem; max-width: 100%; }
textarea { width: 100%; min-height: 5rem; } a { color: var(--accent); }
details.offer { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem;
  margin: .5rem 0; } details.offer summary { padding: .8rem 1.25rem; cursor: pointer;
  font-weight: 600; } details.offer summary .soft { font-weight: 400; font-size: .85rem; }
details.offer form { padding: 0 1.25rem .5rem; } .fields { display: grid; gap: .75rem 1rem;
  grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr)); align-items: start; }
.fields input, .fields select { width: 100%; display: block; color: var(--ink); } [aria-invalid] { border-color: var(--bad); }
fieldset { border: 1px solid var(--line); border-radius: .4rem; margin: 0 0 1rem; padding: .5rem 1rem; }
.choice { display: flex; gap: .6rem; align-items: baseline; padding: .4rem 0; color: var(--ink); }
.good { color: var(--good); } .bad { color: var(--bad); } .soft { color: var(--soft); }
.big { font-size: 1.6rem; font-weight: 600; } .notice { border-left: 4px solid var(--accent);
  padding: .5rem 1rem; background: var(--paper); overflow-wrap: anywhere; }
.barcode { background: #fff; padding: 1rem; border-radius: .4rem; overflow-x: auto; }
.barcode svg { display: block; min-width: 30rem; width: 100%; height: 6rem; }
@media (max-width: 40rem) {
  header nav { gap: 0 1rem; } dl { display: block; } dd { margin-bottom: .6rem; }
  table.stack, .stack tbody, .stack tr, .stack td { display: block; } .stack thead { display: none; }
  .stack tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .stack tr:last-child { border-bottom: 0; } td.amount { text-align: left; }
  .stack td { display: flex; gap: .75rem; overflow-wrap: anywhere; border: 0; padding: .15rem .75rem; }
  .stack td::before { content: attr(data-label); color: var(--soft); flex: 0 0 6.5rem; }
  .stack td.action::before { content: none; }
}
@media print { header, .mark, form { display: none; } body { background: #fff; } }
`
