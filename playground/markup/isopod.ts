/** The emblem, in the type's size. */
export const isopod = `<svg class="isopod" viewBox="0 0 96 44" aria-hidden="true">
  <path d="M10 34C6 33 5 28 7 24 12 12 28 5 47 5c21 0 37 9 42 22 2 4 0 7-3 7ZM7 24C2 24 1 18 2 13 2 10 4 8 5 6" />
  <path d="M18 34c-3-7-3-15 3-21.500M30 34c-4-9-3-19 4-26.500M42.500 34C39 25 40 14 47 5M55 34C52 25 53.500 14 60 6.500M67 34c-2.500-8-1-17 5-23M78 34c-1.500-5 0-11 4-16" />
  <path d="M23 34l-2 6M35 34l-2 6M47 34l-1 6M59 34l1 6M71 34l2 6M81 34l3 5" />
</svg>`;
