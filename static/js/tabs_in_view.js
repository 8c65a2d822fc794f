// @ts-check
/* On a narrow page a row of tabs scrolls: begin it where the open one is. */

/** @param {Element} row */
function show(row) {
  const open = row.querySelector("[aria-current]");
  if (open === null || row.scrollWidth <= row.clientWidth) return;
  const [outer, inner] = [row.getBoundingClientRect(), open.getBoundingClientRect()];
  row.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
}

// Told once at first, then whenever the row has another width.
const widths = new ResizeObserver((rows) => rows.forEach((row) => show(row.target)));
for (const row of document.querySelectorAll(".tabs, .ops__nav")) widths.observe(row);
