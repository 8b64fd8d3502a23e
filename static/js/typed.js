// Forms without autosave: what was typed comes back after a sending that no server answered, and after another form
// of the same page was sent.
//
// On the form's page: [data-typed-again="sentence"][data-typed-beside="sentence"] (role=status). The answer to a form is
// known by its redirect, or by standing at the form's own target; any other page leaves the words until the form's page
// is opened again.

const NAME = "typed";
const BESIDE = "typed-beside";
const WORDS = "textarea, input:is([type=text], [type=number], [type=url], [type=email], [type=tel], [type=date])";
const BOXES = "input:is([type=checkbox], [type=radio])";
const BROUGHT = `${WORDS}, ${BOXES}, select`;

const storage = {
  read(name) {
    try {
      return JSON.parse(sessionStorage.getItem(name) ?? "null");
    } catch {
      return null;
    }
  },
  write(name, kept) {
    try {
      sessionStorage.setItem(name, JSON.stringify(kept));
    } catch {
      // Storage is full or refused: the browser's own memory is what there is.
    }
  },
  drop(name) {
    try {
      sessionStorage.removeItem(name);
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

function contents(form) {
  const marked = mark(form);
  const fields = controls(form).map((control) => [label(control), sent(control), value(control)]);
  return { mark: marked, nth: alike(marked).indexOf(form), fields };
}

/** What was changed in the forms of this page that are not the one being sent. */
function keepBeside(form) {
  const others = [...document.forms].filter((other) => other !== form && isKept(other)).map(contents);
  const forms = others
    .map((other) => ({ ...other, fields: other.fields.filter(([, before, words]) => before !== words) }))
    .filter(({ fields }) => fields.length);
  if (forms.length) storage.write(BESIDE, { page: address(location.href), forms });
  else storage.drop(BESIDE);
}

function keep(event) {
  const form = event.target;
  if (event.defaultPrevented || !isPost(form)) return;
  keepBeside(form);
  if (!isKept(form)) {
    const kept = storage.read(NAME);
    if (!kept || !carries(form, kept)) storage.drop(NAME); // Another step, such as signing out.
    return;
  }
  storage.write(NAME, {
    page: address(location.href),
    target: address(event.submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? ""),
    once: form.elements.namedItem("once")?.value,
    ...contents(form),
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

function say(line, sentence) {
  const words = document.createElement("p");
  words.className = "alert alert-info";
  words.textContent = sentence;
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
  if (!redirectCount && form && restore(form, kept, back)) say(line, line.dataset.typedAgain);
  if (redirectCount || here === kept.page || (here === kept.target && !back)) storage.drop(NAME);
}

/** The form as it was, or as the other step has left it: with a field more, such as a reason. */
function formOf({ mark: marked, nth, fields }) {
  const has = (form) => fields.every(([name]) => controls(form).some((control) => label(control) === name));
  return alike(marked)[nth] ?? [...document.forms].find((form) => isKept(form) && has(form));
}

function bringBackBeside({ page, forms }) {
  if (page !== address(location.href)) return;
  const found = forms.map((words) => [formOf(words), words]).filter(([form]) => form);
  if (!found.length) return;
  storage.drop(BESIDE);
  const line = document.querySelector("[data-typed-beside]");
  if (found.filter(([form, words]) => restore(form, words)).length) say(line, line.dataset.typedBeside);
}

document.addEventListener("submit", keep);
// As late as this, because the browser puts back what it remembers only after the scripts have run.
window.addEventListener("pageshow", ({ persisted }) => {
  const kept = storage.read(NAME);
  const beside = storage.read(BESIDE);
  if (beside && !persisted) bringBackBeside(beside);
  if (!kept) return;
  if (!persisted) bringBack(kept);
  else if (kept.page === address(location.href)) storage.drop(NAME);
});
