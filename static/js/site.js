// Small conveniences of every page. Each page is complete without them.

const root = document.documentElement;
const WARN_BEFORE = 5 * 60_000;
// Two presses within this many milliseconds are one.
const SECOND_PRESS = 1_000;
// The dates of this site are British where English is spoken: day before month.
const locale = root.lang === "en" ? "en-GB" : root.lang;

/** Shows the light/dark choice in the footer and keeps it. */
function offerTheme() {
  const holder = document.querySelector("[data-theme-choice]");
  const select = holder?.querySelector("select");
  if (!select) return;
  select.value = root.dataset.theme ?? "";
  holder.hidden = false;
  select.addEventListener("change", () => {
    if (select.value) root.dataset.theme = select.value;
    else delete root.dataset.theme;
    try {
      if (select.value) localStorage.setItem("theme", select.value);
      else localStorage.removeItem("theme");
    } catch {
      // Storage is refused: the choice holds for this page.
    }
  });
}

/** Minutes east of UTC written at the end of an ISO moment ("-06:00"), or null where there are none. */
function offsetOf(moment) {
  if (moment.endsWith("Z")) return 0;
  const found = /([+-])(\d\d):(\d\d)$/.exec(moment);
  return found ? (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) : null;
}

/** Adds the reader's own time after a moment given in the host's zone, where the two differ. */
function addReadersTime(element, sentence) {
  const moment = new Date(element.dateTime);
  const host = offsetOf(element.dateTime);
  const own = -moment.getTimezoneOffset();
  if (Number.isNaN(moment.getTime()) || host === null || host === own) return;
  const day = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short" }).format(moment);
  const minutes = String(moment.getMinutes()).padStart(2, "0");
  const clock = root.lang.startsWith("fr")
    ? `${moment.getHours()} h ${minutes}`
    : `${String(moment.getHours()).padStart(2, "0")}:${minutes}`;
  const words = document.createElement("span");
  words.className = "muted small";
  words.textContent = ` ${sentence.replace("{time}", `${day}, ${clock}`)}`;
  element.after(words);
}

/** Says five minutes before the session ends that it will, lets it be put off with one press, and says when it is over. */
function watchSession(notice) {
  const soon = notice.querySelector("[data-session-soon]");
  const over = notice.querySelector("[data-session-over]");
  let ends = Date.now() + Number(notice.dataset.sessionLeft) * 1000;
  let timer;
  const tell = () => {
    clearTimeout(timer);
    const left = ends - Date.now();
    notice.hidden = left > WARN_BEFORE;
    soon.hidden = left <= 0;
    over.hidden = left > 0;
    // Put where it is seen, and read aloud once: a live region that appears with its words says nothing.
    if (!notice.hidden) notice.setAttribute("role", "alert");
    if (left > 0) timer = setTimeout(tell, left > WARN_BEFORE ? left - WARN_BEFORE : left);
  };
  soon.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(soon.action, {
        method: "POST",
        body: new FormData(soon),
        headers: { "X-Requested-With": "fetch" },
      });
      if (answer.ok && !answer.redirected) ends = Date.now() + (await answer.json()).left * 1000;
    } catch {
      // The line is away: the notice stays, and can be pressed again.
    }
    tell();
  });
  // A machine that slept kept no time.
  document.addEventListener("visibilitychange", tell);
  tell();
}

/** Of two quick presses on a form's button the second is none: what is sent twice is told as somebody else's change. */
function ignoreSecondPress() {
  const sent = new WeakMap();
  document.addEventListener(
    "submit",
    (event) => {
      const before = event.target.method === "post" ? sent.get(event.target) : undefined;
      if (before === undefined || event.timeStamp - before > SECOND_PRESS) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
  // Noted last of all: a form that a script keeps from being sent may be sent at once.
  document.addEventListener("submit", (event) => event.defaultPrevented || sent.set(event.target, event.timeStamp));
}

/** What a press selects as a whole, Tab does too: a text to be copied, ready for the keys that copy. */
function selectWhatIsReached() {
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(".cite, .take-text")) getSelection().selectAllChildren(event.target);
  });
}

offerTheme();
ignoreSecondPress();
selectWhatIsReached();
const session = document.querySelector("[data-session-left]");
if (session) watchSession(session);
const sentence = document.body.dataset.yourTime;
if (sentence) document.querySelectorAll("time[data-local]").forEach((element) => addReadersTime(element, sentence));
