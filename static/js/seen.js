/* Tells that a case was opened: the address of the case and nothing else. A page fetched ahead tells when it is shown. */
export function enhance(root) {
  const place = root.querySelector("[data-seen]");
  const tell = () => navigator.sendBeacon?.(place.dataset.seen);
  if (document.prerendering) document.addEventListener("prerenderingchange", tell, { once: true });
  else tell();
}
