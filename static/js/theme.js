// The reader's own choice of light or dark, before anything is drawn. Kept in this browser alone.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is refused (private window): the page follows the system.
}
