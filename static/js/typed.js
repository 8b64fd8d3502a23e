// Forms without autosave: what was typed comes back after a sending that no server answered.
//
// On the form's page: [data-typed-again="sentence"] (role=status). The answer to a form is known by its redirect,
// or by standing at the form's own target; any other page leaves the words until the form's page is opened again.

const NAME = "typed";
const WORDS = "textarea, input:is([type=text], [type=number], [type=url], [type=email], [type=tel], [type=date])";
const BOXES = "input:is([type=checkbox], [type=radio])";
const BROUGHT = `${WORDS}, ${BOXES}, select`;

const storage = {
  read() {
    try {
      return JSON.parse(sessionStorage.getItem(NAME) ?? "null");
    } catch {
      return null;
    }
  },
  write(kept) {
    try {
      sessionStorage.setItem(NAME, JSON.stringify(kept));
    } catch {
      // Storage is full or refused: the browser's own memory is what there is.
    }
  },
  drop() {
    try {
      sessionStorage.removeItem(NAME);
    } catch {
      // Nothing was kept.
    }
  },
};

/** An address of this site without its place on the page. */
function address(url) {
  const { pathname, search } = new URL(url, location.href);
  return pathname + search;
}

function controls(form) {
  return [...form.elements].filter((control) => control.name && !control.closest("[hidden]") && control.matches(BROUGHT));
}

function isPost(form) {
  return form.getAttribute("method")?.toLowerCase() === "post";
}

function isKept(form) {
  if (!isPost(form) || form.dataset.autosave) return false;
  return controls(form).some((control) => control.matches(WORDS)) && !form.querySelector("[type=password]");
}

/** What tells a form from the others of its page. */
function mark(form) {
  return JSON.stringify([form.getAttribute("action"), ...new Set(controls(form).map((control) => control.name))]);
}

function label(control) {
  return control.matches(BOXES) ? `${control.name}=${control.value}` : control.name;
}

function chosen(select, isChosen) {
  const options = [...select.options].filter(isChosen);
  if (!options.length && !select.multiple && select.options.length) options.push(select.options[0]);
  return options.map((option) => option.value).join("\n");
}

function value(control) {
  if (control.matches(BOXES)) return control.checked ? control.value : "";
  return control.matches("select") ? chosen(control, (option) => option.selected) : control.value;
}

/** What the server sent in it. */
function sent(control) {
  if (control.matches(BOXES)) return control.defaultChecked ? control.value : "";
  return control.matches("select") ? chosen(control, (option) => option.defaultSelected) : control.defaultValue;
}

function put(control, words) {
  if (control.matches(BOXES)) control.checked = words !== "";
  else if (control.matches("select")) {
    const values = words.split("\n");
    for (const option of control.options) option.selected = values.includes(option.value);
  } else control.value = words;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

function alike(marked) {
  return [...document.forms].filter((form) => isKept(form) && mark(form) === marked);
}

/** Whether a form holds unseen what was typed on the page before: one to look at once more, then to send. */
function carries(form, { fields }) {
  const names = new Set(fields.map(([name]) => name));
  return isPost(form) && [...form.elements].some((control) => control.type === "hidden" && names.has(control.name));
}

function keep(event) {
  const form = event.target;
  if (event.defaultPrevented || !isPost(form)) return;
  if (!isKept(form)) {
    const kept = storage.read();
    if (!kept || !carries(form, kept)) storage.drop(); // Another step, such as signing out.
    return;
  }
  const marked = mark(form);
  storage.write({
    page: address(location.href),
    target: address(event.submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? ""),
    mark: marked,
    nth: alike(marked).indexOf(form),
    once: form.elements.namedItem("once")?.value,
    fields: controls(form).map((control) => [label(control), sent(control), value(control)]),
  });
}

/** Puts the words back where nothing newer stands; true where that changed anything. */
function restore(form, { fields, once }, byBrowser) {
  let changed = false;
  const left = [...fields];
  for (const control of controls(form)) {
    const at = left.findIndex(([name]) => name === label(control));
    if (at < 0) continue;
    const [[, before, words]] = left.splice(at, 1);
    const now = sent(control);
    if (value(control) === words || (now !== "" && now !== before)) continue;
    // What the browser itself brings back is no newer than what was sent; what somebody types already is.
    if (value(control) !== now && !byBrowser) continue;
    put(control, words);
    changed = true;
  }
  // The same form: had the server carried it out and only its answer been lost, it is not carried out twice.
  const token = form.elements.namedItem("once");
  if (token && once && (changed || byBrowser)) token.value = once;
  return changed;
}

function say(line) {
  const words = document.createElement("p");
  words.className = "alert alert-info";
  words.textContent = line.dataset.typedAgain;
  line.classList.add("messages");
  line.append(words);
}

function bringBack(kept) {
  const here = address(location.href);
  const { type, redirectCount } = performance.getEntriesByType("navigation")[0] ?? {};
  const line = document.querySelector("[data-typed-again]");
  const back = type === "back_forward";
  const form = here === kept.page ? alike(kept.mark)[kept.nth] : undefined;
  if (!redirectCount && !form && [...document.forms].some((other) => carries(other, kept))) return;
  if (!redirectCount && form && restore(form, kept, back)) say(line);
  if (redirectCount || here === kept.page || (here === kept.target && !back)) storage.drop();
}

document.addEventListener("submit", keep);
// As late as this, because the browser puts back what it remembers only after the scripts have run.
window.addEventListener("pageshow", ({ persisted }) => {
  const kept = storage.read();
  if (!kept) return;
  if (!persisted) bringBack(kept);
  else if (kept.page === address(location.href)) storage.drop();
});
