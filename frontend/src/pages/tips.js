// Escape closes the tip of a flag, whether it was opened by the pointer or by the keyboard, and it
// stays closed until pointer and focus have left (WCAG 2.2, 1.4.13). All else is the stylesheet's.

export function start(document) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const tip of document.querySelectorAll(".tip:is(:hover, :focus-within)")) {
      tip.classList.add("is-dismissed");
    }
  });
  for (const left of ["pointerout", "focusout"]) {
    document.addEventListener(left, (event) => {
      const tip = event.target.closest?.(".tip.is-dismissed");
      if (tip && !tip.contains(event.relatedTarget)) tip.classList.remove("is-dismissed");
    });
  }
}
