import * as orders from "./orders.js";
import { drawLines, shortened } from "./phone.js";

const LOOK_EVERY_MS = 700;
const BURST_GAP_SECONDS = 1.5;
const MEDIA_OF_TYPE = [["image/", "photo"], ["video/", "video"], ["audio/", "audio"]];

const at = (id) => document.getElementById(id);
const who = { platform: "telegram", account: "", customer: "" };
let context = null; // the message that is replied to or edited: { line, isEdit }

const deeds = {
  reply: (line) => setContext({ line, isEdit: false }),
  edit: (line) => setContext({ line, isEdit: true }),
  takeBack: (line) => act({ act: "delete", message: line.id }),
  react: (line, emoji) => act({ act: "react", message: line.id, emoji }),
  press: (line, title, data) => act({ act: "press", message: line.id, data, title }),
  tap: (title, payload) => act({ act: "quick_reply", title, payload }),
};

async function look() {
  try {
    await lookAtPeople();
    if (who.account && who.customer) await lookAtPhone();
  } catch (error) {
    complain(error);
  } finally {
    setTimeout(look, document.hidden ? 4 * LOOK_EVERY_MS : LOOK_EVERY_MS);
  }
}

async function lookAtPeople() {
  const { accounts, customers } = (await orders.everybody())[who.platform];
  drawAccounts(accounts);
  drawCustomers(customers);
}

async function lookAtPhone() {
  const asked = { ...who };
  const phone = await orders.phone(asked);
  if (asked.customer !== who.customer || asked.account !== who.account) return;
  at("talks-to").textContent = phone.typing ? `${phone.talks_to} …` : phone.talks_to;
  at("plays").textContent = `you are ${phone.customer}${phone.blocked ? " · blocked" : ""}`;
  drawLines(at("lines"), phone.lines, deeds);
}

function drawAccounts(accounts) {
  const select = at("account");
  const wanted = accounts.map(({ id, name }) => `${id}\n${name}`).join("\n");
  if (select.dataset.state !== wanted) {
    select.dataset.state = wanted;
    select.replaceChildren(...accounts.map(({ id, name }) => new Option(`${name} (${id})`, id)));
  }
  at("no-account").hidden = accounts.length > 0;
  if (!accounts.some(({ id }) => id === who.account)) who.account = accounts[0]?.id ?? "";
  select.value = who.account;
}

function drawCustomers(customers) {
  const list = at("customers");
  const wanted = JSON.stringify([customers, who.customer]);
  if (list.dataset.state === wanted) return;
  list.dataset.state = wanted;
  list.replaceChildren(...customers.map(drawCustomer));
}

function drawCustomer({ id, name }) {
  const item = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: name, dir: "auto" });
  button.setAttribute("aria-pressed", String(id === who.customer));
  button.addEventListener("click", () => choose(id));
  item.append(button);
  return item;
}

function choose(customer) {
  who.customer = customer;
  setContext(null);
  at("lines").replaceChildren();
  at("words").focus();
}

function setContext(next) {
  context = next;
  at("context").hidden = next === null;
  if (next) at("context-words").textContent = `${next.isEdit ? "Editing" : "Replying to"}: ${shortened(next.line)}`;
  if (next?.isEdit) at("words").value = next.line.text;
  at("words").focus();
}

async function send() {
  const words = at("words").value.trim();
  if (!words) return;
  at("words").value = "";
  const { line, isEdit } = context ?? {};
  setContext(null);
  if (isEdit) await act({ act: "edit", message: line.id, text: words });
  else if (line) await act({ act: "write", text: words, reply_to: line.id });
  else if (at("burst").checked) await guarded(() => orders.says(who, words.split("\n").filter(Boolean), BURST_GAP_SECONDS));
  else await act({ act: "write", text: words });
}

async function sendFile(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const kind = MEDIA_OF_TYPE.find(([start]) => file.type.startsWith(start))?.[1] ?? "document";
  await act({ act: "send_media", kind, content: btoa(binary), file_name: file.name, mime_type: file.type || null });
}

const act = (what) => guarded(() => orders.does(who, what));

async function guarded(deed) {
  if (!who.account || !who.customer) return complain(new Error("Choose a bot or page and a customer first."));
  try {
    at("trouble").textContent = "";
    await deed();
    await lookAtPhone();
  } catch (error) {
    complain(error);
  }
}

function complain(error) {
  at("trouble").textContent = error instanceof TypeError ? "The simulator does not answer." : error.message;
}

function choosePlatform(platform) {
  Object.assign(who, { platform, account: "", customer: "" });
  at("lines").replaceChildren();
  at("talks-to").textContent = "Choose a customer";
  at("plays").textContent = "";
  for (const button of document.querySelectorAll("[data-only]")) button.hidden = button.dataset.only !== platform;
}

at("platform").addEventListener("change", (event) => choosePlatform(event.target.value));
at("account").addEventListener("change", (event) => {
  who.account = event.target.value;
  at("lines").replaceChildren();
});
at("new-customer").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = event.target.elements.name;
  try {
    choose((await orders.newCustomer(who.platform, field.value)).id);
    field.value = "";
  } catch (error) {
    complain(error);
  }
});
at("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
at("words").addEventListener("keydown", (event) => {
  if (event.key === "Escape") setContext(null);
  const confirmsInputMethod = event.isComposing || event.keyCode === 229;
  if (event.key !== "Enter" || event.shiftKey || confirmsInputMethod || at("burst").checked) return;
  event.preventDefault();
  send();
});
at("context-end").addEventListener("click", () => setContext(null));
at("file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (file) await sendFile(file);
  event.target.value = "";
});
for (const button of document.querySelectorAll("[data-act]")) {
  button.addEventListener("click", () => act(JSON.parse(button.dataset.act)));
}

choosePlatform("telegram");
look();
