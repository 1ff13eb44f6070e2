/** One shore, as it is at first paint. */
export interface Shore {
  readonly id: string;
  readonly name: string;
  readonly how: string;
  readonly coast: string;
}

/** Water on the left, where the bytes come in; land on the right, where the answer goes. */
export function lane({ id, name, how, coast }: Shore): string {
  return `<li class="lane" data-lane="${id}" data-state="waiting">
    <div class="who"><h3>${name}</h3><p>${how}</p></div>
    <div class="travel">
      <div class="strip" aria-hidden="true">
        <svg class="coast" viewBox="0 0 100 56" preserveAspectRatio="none">
          <path class="land" d="${coast}H100V0Z" />
          ${[9, 5, 2].map((depth) => `<path class="depth" transform="translate(-${depth})" d="${coast}" />`).join("")}
          <path class="shore" d="${coast}" />
        </svg>
        <svg class="bytes sent" preserveAspectRatio="none"><path /></svg>
        <svg class="bytes answered" preserveAspectRatio="none"><path /></svg>
      </div>
      <p class="answer"><code data-part="answer">…</code></p>
      <p class="sentence" data-part="sentence"></p>
    </div>
    <dl class="facts">
      <div class="timed"><dt>p50</dt><dd><span data-part="p50">–</span><span class="bar" aria-hidden="true"><i></i><b></b></span></dd></div>
      <div><dt>p95</dt><dd data-part="p95">–</dd></div>
      <div><dt>cold start</dt><dd data-part="cold">–</dd></div>
      <div><dt>answer</dt><dd data-part="digest">–</dd></div>
    </dl>
  </li>`;
}
