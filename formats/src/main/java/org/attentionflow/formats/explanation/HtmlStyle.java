package org.attentionflow.formats.explanation;

/** The one style sheet of the page: its layout, and the classes of {@link HeatStyle}. */
final class HtmlStyle {
  private static final String SHEET =
      """
      :root{color-scheme:light dark;--page:#ffffff;--card:#ffffff;--ink:#1b2430;--soft:#55606e;
      --line:#d5dce4;--head:#f2f5f8;--bar:#2171b5;--ok:#0b6b3a;--okb:#e2f4ea;--warn:#7a4a00;
      --warnb:#fdf0d5;--bad:#9b1c1c;--badb:#fde8e8;--cut:#b3261e;--flow:#2171b5;--rest:#d7dee6}
      @media (prefers-color-scheme:dark){:root{--page:#0d1117;--card:#11161d;--ink:#e3e8ee;
      --soft:#a3aebb;--line:#30363d;--head:#171d26;--bar:#6baed6;--ok:#7ee2a8;--okb:#10301f;
      --warn:#f5c56b;--warnb:#3a2a08;--bad:#ffb0ab;--badb:#431a1a;--cut:#ff8f85;--flow:#6baed6;
      --rest:#323b46}}
      *{box-sizing:border-box}
      body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:62rem;background:var(--page);
      color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,
      sans-serif;overflow-wrap:anywhere}
      h1{font-size:1.6rem;line-height:1.25;margin:.2rem 0 .6rem}
      h2{font-size:1.15rem;line-height:1.4;margin:0 0 .6rem}
      h2.long{font-size:.95rem;font-weight:400}
      h3{font-size:1rem;margin:1.6rem 0 .5rem}
      p{margin:.4rem 0}
      a{color:inherit}
      article{border:1px solid var(--line);border-radius:10px;background:var(--card);
      padding:1.1rem 1.2rem 1.3rem;margin:1.5rem 0}
      .soft{color:var(--soft);font-size:.9rem}
      .facts{display:flex;flex-wrap:wrap;gap:.4rem 2rem;margin:.6rem 0;padding:0}
      .facts div{display:flex;flex-direction:column}
      .facts dt{color:var(--soft);font-size:.8rem}
      .facts dd{margin:0;font-weight:600}
      .note{border-left:4px solid var(--line);padding:.5rem .8rem;margin:.8rem 0;
      background:var(--head)}
      .ok{border-color:var(--ok);background:var(--okb);color:var(--ok)}
      .warn{border-color:var(--warn);background:var(--warnb);color:var(--warn)}
      .bad{border-color:var(--bad);background:var(--badb);color:var(--bad)}
      .heat{display:flex;flex-wrap:wrap;gap:4px;list-style:none;margin:0;padding:0}
      .heat li{display:flex;flex-direction:column;align-items:center;min-width:2.2rem;
      padding:.2rem .45rem;border:1px solid var(--line);border-radius:5px;max-width:100%;
      print-color-adjust:exact;-webkit-print-color-adjust:exact}
      .heat bdi{white-space:pre-wrap;font-family:ui-monospace,"SF Mono",Menlo,Consolas,
      "DejaVu Sans Mono",monospace;font-size:.95rem}
      .heat .n{font-size:.72rem;line-height:1.2;font-variant-numeric:tabular-nums}
      .heat .special{border-style:dashed;border-color:var(--soft)}
      .scale{display:flex;align-items:center;gap:.5rem;margin:.5rem 0 0;font-size:.8rem;
      color:var(--soft)}
      .scale ol{display:flex;list-style:none;margin:0;padding:0;border:1px solid var(--line)}
      .scale span:first-child{white-space:nowrap}
      .scale li{width:.9rem;height:.8rem;print-color-adjust:exact;
      -webkit-print-color-adjust:exact}
      .wide{overflow-x:auto}
      table{border-collapse:collapse;width:100%;font-size:.9rem}
      caption{text-align:left;color:var(--soft);font-size:.85rem;padding:0 0 .3rem}
      th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;
      border-bottom:1px solid var(--line)}
      thead th{background:var(--head);white-space:nowrap}
      tbody th{font-weight:500}
      .num{width:1%;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
      .barcell{width:50%;min-width:6rem;vertical-align:middle}
      .bar{display:block;width:100%;height:.8rem}
      .bar rect{fill:var(--bar)}.bar .below{fill:#D94801}
      code{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.85em}
      details{margin:1rem 0 0}
      summary{cursor:pointer;font-weight:600;padding:.2rem 0}
      .flow{display:block;margin:.4rem 0;font:12px system-ui,sans-serif}
      .flow text{fill:var(--ink)}
      .flow .soft{fill:var(--soft);font-size:11px}
      .flow .node{fill:var(--rest)}
      .flow .arc{fill:var(--flow);fill-opacity:.55}
      .flow .cut{stroke:var(--cut);stroke-width:1.5;stroke-dasharray:6 4}
      .flow .cutlabel{fill:var(--cut)}
      .flow .paths{outline:none}
      .flow .hit{fill:transparent}
      .flow:hover .paths .arc,.flow:focus-within .paths .arc{fill-opacity:.1}
      .flow .paths:hover .arc,.flow .paths:focus .arc{fill-opacity:.85}
      .flow .paths:focus .name,.flow .paths:hover .name{font-weight:700;text-decoration:underline}
      footer{margin-top:2.5rem;color:var(--soft);font-size:.85rem}
      @media (max-width:40rem){body{padding:1rem .6rem 3rem}article{padding:.8rem .7rem 1rem}
      .hide{display:none}.barcell{width:30%}
      thead th{white-space:normal}th,td{padding:.3rem .35rem}tbody th{overflow-wrap:normal}}
      @media print{body{max-width:none;padding:0}article{border:0;padding:0}
      table,.heat,.note{break-inside:avoid}details::details-content{content-visibility:visible}}
      """;

  private HtmlStyle() {}

  /** The style sheet; it holds no character that means anything to XML. */
  static String sheet() {
    return SHEET + HeatStyle.sheet();
  }
}
