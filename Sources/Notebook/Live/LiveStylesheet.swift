/// The looks of what only a live page has, after those of all pages.
enum LiveStylesheet {
  /// The style sheet.
  static let text = """
    html { overflow-anchor: none; }
    .former { opacity: .45; }
    .running { margin: .5em 0 0; padding: .3em 1em; border-left: 3px solid var(--link); }
    .running { color: var(--soft); font: .8125rem/1.5 var(--mono); }
    .running progress { display: block; width: 100%; height: .4em; accent-color: var(--link); }
    .fold {
      float: right; margin: -.2em -.4em 0 .6em; padding: 0 .5em; border: 0; border-radius: 4px;
      background: none; color: var(--soft); font: inherit; cursor: pointer; user-select: none;
    }
    .fold:hover { background: var(--line); color: var(--text); }
    .fold:focus-visible { outline: 2px solid var(--link); }
    #course {
      position: fixed; right: 1rem; bottom: 1rem; margin: 0; padding: .35em .9em;
      max-width: calc(100vw - 2rem); border: 1px solid var(--line); border-radius: 2em;
      background: var(--shade); color: var(--soft); font: .8125rem/1.5 var(--sans);
    }
    #course::before {
      content: ""; display: inline-block; width: .6em; height: .6em; margin-right: .5em;
      border-radius: 50%; background: var(--good);
    }
    #course[data-course="running"]::before { background: var(--link); }
    #course[data-course="failed"]::before, #course[data-course="lost"]::before {
      background: var(--bad);
    }
    #course[data-course="failed"] { cursor: pointer; }
    @media print { #course, .fold { display: none; } }

    """
}
