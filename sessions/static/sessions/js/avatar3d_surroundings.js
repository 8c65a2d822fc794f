/** What the page around tells the head: light or dark, seen or hidden. */

/** How often the page's scheme is looked at; a switch in its settings may take so long to be seen. */
const SCHEME_MS = 1000;

/** Call `tell` with `light` or `dark`, now and whenever it changes. Returns what ends that. */
export function followScheme(element, tell) {
  // The colour that light-dark() picks shows the scheme in force here, whoever has set it.
  element.style.color = "light-dark(rgb(255, 255, 255), rgb(0, 0, 0))";
  let told = null;
  const look = () => {
    const scheme = getComputedStyle(element).color === "rgb(0, 0, 0)" ? "dark" : "light";
    if (scheme !== told) tell(scheme);
    told = scheme;
  };
  look();
  const timer = setInterval(look, SCHEME_MS);
  return () => clearInterval(timer);
}

/** Call `tell` with whether `element` can be seen at all, whenever that changes. */
export function watchVisibility(element, tell) {
  let inView = true;
  const look = () => tell(inView && !document.hidden);
  const observer = new IntersectionObserver((entries) => {
    inView = entries.at(-1).isIntersecting;
    look();
  });
  observer.observe(element);
  document.addEventListener("visibilitychange", look);
  return () => {
    observer.disconnect();
    document.removeEventListener("visibilitychange", look);
  };
}
