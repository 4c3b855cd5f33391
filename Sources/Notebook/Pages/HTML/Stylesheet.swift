/// The looks of pages: on telephones, screens and paper, in light and dark.
enum Stylesheet {
  /// The style sheet.
  static let text = """
    :root {
      color-scheme: light dark;
      --text: #1f2328; --soft: #59636e; --line: #d1d9e0; --paper: #ffffff; --shade: #f6f8fa;
      --link: #0757ba; --keyword: #b3173a; --verb: #6f3ec2; --option: #8a3b00; --string: #0b4a6f;
      --number: #0550ae; --good: #116329; --bad: #b3173a; --warning: #7d4e00;
      --bad-shade: #fff1f0; --warning-shade: #fff8e5;
      --serif: Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", Georgia, serif;
      --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
      --mono: ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono",
        monospace;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --text: #e4e7eb; --soft: #9aa4af; --line: #3a424c; --paper: #14181d; --shade: #1d232a;
        --link: #79b8ff; --keyword: #ff8f88; --verb: #d2a8ff; --option: #ffab70; --string: #9ed6f5;
        --number: #79c0ff; --good: #6fdd8b; --bad: #ff8f88; --warning: #e9b949;
        --bad-shade: #2b1c1f; --warning-shade: #2a2418;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
    body {
      margin: 0 auto; padding: 2.5rem 1.25rem 3rem; max-width: 48rem;
      background: var(--paper); color: var(--text);
      font: 1.0625rem/1.6 var(--serif); overflow-wrap: break-word;
    }
    h1, h2, h3, h4, h5, h6 {
      margin: 2.2em 0 .6em; font-family: var(--sans); font-weight: 650; line-height: 1.25;
      text-wrap: balance;
    }
    h1 {
      margin: 0 0 .7em; font-size: clamp(1.6rem, 1.2rem + 2vw, 2.1rem); letter-spacing: -.015em;
    }
    h2 { padding-bottom: .3em; border-bottom: 1px solid var(--line); font-size: 1.4rem; }
    h3 { font-size: 1.15rem; }
    h4, h5, h6 { font-size: 1rem; }
    p, ul, ol, blockquote, dl { margin: 0 0 1em; }
    ul, ol { padding-left: 1.6em; }
    li > ul, li > ol { margin-bottom: 0; }
    li + li { margin-top: .2em; }
    a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: .06em; }
    a:focus-visible, [tabindex]:focus-visible {
      outline: 2px solid var(--link); outline-offset: 2px;
    }
    .anchor { margin-left: .35em; color: var(--soft); text-decoration: none; opacity: 0; }
    :hover > .anchor, .anchor:focus { opacity: 1; }
    blockquote { padding-left: 1em; border-left: 3px solid var(--line); color: var(--soft); }
    hr { margin: 2.5em 0; border: 0; border-top: 1px solid var(--line); }
    img, svg { max-width: 100%; height: auto; }
    code, samp, pre { font-family: var(--mono); font-variant-ligatures: none; }
    code { padding: .1em .3em; border-radius: 4px; background: var(--shade); font-size: .85em; }
    pre { overflow-x: auto; font-size: .8125rem; line-height: 1.5; tab-size: 4; }
    pre code, pre samp { padding: 0; background: none; font-size: inherit; }
    pre.code {
      margin: 1.2em 0 0; padding: .8em 1em; border-radius: 6px; background: var(--shade);
    }
    pre.output {
      margin: .5em 0 0; padding: .3em 1em .3em calc(1em - 3px);
      border-left: 3px solid var(--line); line-height: 1.35;
    }
    .answer { margin: .5em 0 0; padding-left: calc(1em - 3px); border-left: 3px solid var(--line); }
    .answer > :first-child { margin-top: 0; }
    .answer > :last-child { margin-bottom: 0; }
    .answer + p, .answer + ul, .answer + ol { margin-top: 1.2em; }
    pre + p, pre + ul, pre + ol, .figure + p, .table + p { margin-top: 1.2em; }
    pre.error { border-color: var(--bad); background: var(--bad-shade); }
    pre.warning { border-color: var(--warning); background: var(--warning-shade); }
    pre.error b { color: var(--bad); }
    pre.warning b { color: var(--warning); }
    pre i { color: var(--soft); font-style: normal; }
    .k { color: var(--keyword); } .v { color: var(--verb); font-weight: 600; }
    .o { color: var(--option); } .s { color: var(--string); } .n { color: var(--number); }
    .c { color: var(--soft); font-style: italic; }
    .u { text-decoration: underline wavy var(--bad); }
    .good { color: var(--good); } .bad { color: var(--bad); }
    .figure { margin: 1em 0 0; overflow-x: auto; }
    .figure svg, .figure img { display: block; }
    .table { margin: 1em 0; overflow-x: auto; }
    table {
      border-collapse: collapse; font: .9375rem/1.4 var(--sans);
      font-variant-numeric: tabular-nums;
    }
    th, td { padding: .4em .9em; border-bottom: 1px solid var(--line); text-align: left; }
    .table [style$=right] { white-space: nowrap; }
    th { border-bottom-width: 2px; font-weight: 650; }
    .table p { margin: 0 0 .5em; font: .9375rem/1.4 var(--sans); }
    .table table + p, .table table + table, .table table + svg { margin-top: .8em; }
    .table i { color: var(--soft); font-style: normal; }
    table.matrix {
      margin-left: .2em; border: solid var(--soft); border-width: 0 2px; border-radius: .5em;
      border-collapse: separate; border-spacing: 0;
    }
    .matrix td { padding: .1em .6em; border: 0; }
    math {
      font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "TeX Gyre Termes Math",
        "Libertinus Math", "STIX Math", "DejaVu Math TeX Gyre", "Noto Sans Math", math;
      font-size: 1.05em;
    }
    .display {
      display: block; margin: .2em 0; padding: .3em 0; overflow-x: auto; overflow-y: hidden;
    }
    code.tex { white-space: pre-wrap; color: var(--warning); }
    nav {
      margin: 0 0 2.5rem; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 6px;
      font: .9375rem/1.45 var(--sans);
    }
    nav p { margin: 0 0 .5em; color: var(--soft); font-weight: 650; }
    nav ol { margin: 0; padding: 0; list-style: none; }
    nav a { display: inline-block; padding: .15em 0; color: inherit; text-decoration: none; }
    nav a:hover { color: var(--link); text-decoration: underline; }
    nav .level3 { padding-left: 1.2em; }
    footer {
      margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft);
      font: .8125rem/1.5 var(--sans);
    }
    footer p { margin: 0; }
    @media (max-width: 30rem) {
      body { padding: 1.5rem 1rem 2rem; font-size: 1rem; }
      pre { font-size: .75rem; }
      pre.code, pre.output { margin-right: -1rem; margin-left: -1rem; border-radius: 0; }
      .figure svg { min-width: 32rem; }
      nav { padding: .8rem 1rem; }
    }
    @media (min-width: 72rem) {
      body:has(> nav) {
        display: grid; grid-template-columns: 14rem minmax(0, 46rem); column-gap: 4rem;
        justify-content: center; max-width: none;
      }
      body > header, body > main, body > footer { grid-column: 2; }
      nav {
        position: sticky; top: 2.5rem; grid-row: 1 / span 2; align-self: start;
        max-height: calc(100vh - 5rem); margin: .4rem 0 0; padding: 0 0 0 1rem;
        border: 0; border-left: 2px solid var(--line); border-radius: 0; overflow-y: auto;
      }
    }
    @media print {
      :root {
        color-scheme: light;
        --text: #000000; --soft: #444c56; --line: #b0b8c0; --paper: #ffffff; --shade: #f4f5f7;
        --link: #000000; --keyword: #b3173a; --verb: #6f3ec2; --option: #8a3b00; --string: #0b4a6f;
        --number: #0550ae; --good: #116329; --bad: #b3173a; --warning: #7d4e00;
        --bad-shade: #ffffff; --warning-shade: #ffffff;
      }
      @page { margin: 18mm 16mm; }
      body, body:has(> nav) {
        display: block; max-width: none; padding: 0; font-size: 10.5pt; line-height: 1.45;
      }
      nav, .anchor { display: none; }
      h1, h2, h3, h4, h5, h6 { break-after: avoid; }
      h2 { margin-top: 1.6em; }
      p, li { orphans: 3; widows: 3; }
      pre { overflow: visible; font-size: 8pt; white-space: pre-wrap; }
      pre.code {
        border: 1px solid var(--line); break-inside: avoid; break-after: avoid;
        print-color-adjust: exact; -webkit-print-color-adjust: exact;
      }
      .figure, table, .display { break-inside: avoid; }
      .table, .display, .figure { overflow: visible; }
      footer { margin-top: 1.5rem; break-before: avoid; }
    }

    """
}
