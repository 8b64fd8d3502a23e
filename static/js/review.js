// Review by keyboard: J and K for next and previous. Off until the person switches it on, in this browser alone.
//
// On the queue: [data-keys-choice] with a checkbox; a[data-queue] are the things. On a thing: a[data-key="j"|"k"].

const NAME = "review-keys";

function isOn() {
  try {
    return localStorage.getItem(NAME) === "on";
  } catch {
    return false;
  }
}

function offerChoice() {
  const holder = document.querySelector("[data-keys-choice]");
  const box = holder?.querySelector("input");
  if (!box) return;
  box.checked = isOn();
  holder.hidden = false;
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.setItem(NAME, "on");
      else localStorage.removeItem(NAME);
    } catch {
      box.checked = false; // Storage is refused: there is nowhere to keep it.
    }
  });
}

/** Whether the key belongs to what is being typed. */
function isTyping(element) {
  return element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

/** The next or previous thing of the queue after the one in focus. */
function step(by) {
  const things = [...document.querySelectorAll("a[data-queue]")];
  const at = things.indexOf(document.activeElement);
  things[at < 0 ? 0 : at + by]?.focus();
}

offerChoice();
document.addEventListener("keydown", (event) => {
  const key = event.key.toLowerCase();
  if (!["j", "k"].includes(key) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!isOn() || isTyping(event.target)) return;
  const link = document.querySelector(`a[data-key="${key}"]`);
  if (link) link.click();
  else step(key === "j" ? 1 : -1);
});
