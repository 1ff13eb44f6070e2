import { LANGUAGES } from "../src/bench/write/languages.ts";

/** The editor's place, as large as it will be. */
export const write = `<div class="chips" role="group" aria-label="Language">${LANGUAGES.map(({ id, name }, i) => `<button type="button" data-language="${id}" aria-pressed="${i === 0}">${name}</button>`).join("")}</div>
<div id="editor"></div>
<p id="compiled" role="status"></p>
<pre id="diagnostics" tabindex="0" role="group" aria-label="What the compiler says"></pre>`;
