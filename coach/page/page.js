"use strict";
const the = id => document.getElementById(id);
let told = {}, before = {}, failing = false;

function put(id, text) { if (the(id).textContent !== text) the(id).textContent = text; }

// The one live region has what a voice beside it does not say: counts and captions are left to the coach's.
function tell(text) { if (text && text !== told.text) { told.text = text; put("news", text); } }

function tap(phrase) {
  fetch("command", {method: "POST", body: phrase})
    .then(done => { if (!done.ok) throw done.status; })
    .catch(() => tell(WORDS.failed));
}

function offer(phrases) {
  const box = the("commands"), held = new Map([...box.children].map(each => [each.textContent, each]));
  if (phrases.join("|") === [...held.keys()].join("|")) return;
  const wanted = phrases.map(phrase => {
    if (held.has(phrase)) return held.get(phrase);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = phrase;
    button.classList.toggle("number", /^\d+$/.test(phrase));
    button.addEventListener("click", () => tap(phrase));
    return button;
  });
  for (const each of held.values()) if (!wanted.includes(each)) each.remove();
  wanted.forEach((each, place) => { if (box.children[place] !== each) box.insertBefore(each, box.children[place] || null); });
}

function render(now) {
  put("exercise", now.exercise || document.title);
  put("place", now.place);
  put("number", now.number);
  put("told", now.told);
  put("moment", now.moment);
  put("spoken", now.spoken);
  put("left", now.left);
  the("dial").classList.toggle("still", now.moment !== "");
  the("ring").style.strokeDasharray = now.set + " 1";
  the("workout").value = now.workout;
  if (now.figures !== before.figures) the("figures").innerHTML = now.figures;
  the("drawn").hidden = !now.figures;
  offer(now.commands);
  if (now.over) tell(WORDS.over);
  else if (now.moment !== before.moment && now.moment) tell(now.moment);
  else if (now.heard !== before.heard) tell(now.heard);
  else if (failing) tell(now.exercise);
  failing = false;
  before = now;
}

let awake = null;
async function stayAwake() {
  if (!("wakeLock" in navigator)) { the("awake").hidden = false; return; }
  try { awake = await navigator.wakeLock.request("screen"); } catch (refused) { the("awake").hidden = false; }
}

function begin() {
  const stream = new EventSource("events");
  stream.onmessage = message => render(JSON.parse(message.data));
  stream.onerror = () => {
    if (!before.over) { failing = true; tell(WORDS.lost); }
    if (stream.readyState === EventSource.CLOSED) setTimeout(begin, 1000);
  };
  stayAwake();
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") stayAwake(); });
}
if (location.protocol !== "file:") begin();
