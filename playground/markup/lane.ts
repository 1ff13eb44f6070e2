import { SHORES, type ShoreId } from "../src/lanes/shores.ts";

/** How each shore is reached, and the line between water and land there. */
const SEEN: Readonly<Record<ShoreId, { how: string; coast: string }>> = {
  page: { how: "inline, on the page’s own thread", coast: "M50 0C55 9 46 17 52 27S46 44 50 56" },
  worker: { how: "a thread beside the page", coast: "M50 0C45 8 54 15 49 24S57 45 50 56" },
  workerd: { how: "the edge, static import", coast: "M50 0C56 12 50 16 53 28S44 47 50 56" },
  node: { how: "the server, a worker thread", coast: "M50 0C44 12 53 20 47 31S54 48 50 56" },
};

/** All shores, as they are at first paint; where one is reached otherwise here, by what is said of it instead. */
export function lanes(otherwise: Partial<Record<ShoreId, string>> = {}): string {
  return SHORES.map(({ id, name }) => lane(id, name, otherwise[id] ?? SEEN[id].how, SEEN[id].coast)).join("");
}

/** Water on the left, where the bytes come in; land on the right, where the answer goes. */
function lane(id: ShoreId, name: string, how: string, coast: string): string {
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
