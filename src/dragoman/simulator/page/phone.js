// The messages on the customer's phone. Texts become text nodes, never markup.

const REACTIONS = ["👍", "❤️", "😂", "🙏"];
const PICTURES = new Set(["photo", "image", "sticker", "animation"]);
const FILMS = new Set(["video", "video_note"]);
const SOUNDS = new Set(["voice", "audio"]);

export function drawLines(list, lines, deeds) {
  const wasAtEnd = isAtEnd(list);
  list.dataset.atEnd = String(wasAtEnd);
  list.onscroll = () => { list.dataset.atEnd = String(isAtEnd(list)); };
  const byId = new Map(lines.map((line) => [line.id, line]));
  const drawn = new Map([...list.children].map((item) => [item.dataset.id, item]));
  for (const line of lines) {
    const state = JSON.stringify(line);
    const old = drawn.get(line.id);
    drawn.delete(line.id);
    if (old?.dataset.state === state) continue;
    const item = drawLine(line, byId, deeds);
    stayAtEndWhenPicturesCome(list, item);
    item.dataset.state = state;
    if (old) old.replaceWith(item);
    else list.append(item);
  }
  for (const gone of drawn.values()) gone.remove();
  if (wasAtEnd) list.scrollTop = list.scrollHeight;
}

const isAtEnd = (list) => list.scrollHeight - list.scrollTop - list.clientHeight < 40;

// A picture has no height before it has come; whoever was at the end would find themselves above it.
function stayAtEndWhenPicturesCome(list, item) {
  for (const picture of item.querySelectorAll("img")) {
    picture.addEventListener("load", () => {
      if (list.dataset.atEnd === "true") list.scrollTop = list.scrollHeight;
    });
  }
}

function drawLine(line, byId, deeds) {
  const item = make("li", { className: "line" });
  item.dataset.id = line.id;
  item.dataset.mine = String(Boolean(line.mine));
  const bubble = make("div", { className: "bubble", dir: "auto" });
  bubble.dataset.bare = String(line.media === "sticker");
  if (line.reply_to) bubble.append(make("span", { className: "quoted", textContent: shortened(byId.get(line.reply_to)) }));
  if (line.media) bubble.append(drawMedia(line));
  if (line.text) bubble.append(line.text);
  item.append(bubble, drawChoices(line, deeds), drawBelow(line, deeds));
  return item;
}

function drawMedia(line) {
  const src = line.media_path;
  if (src && PICTURES.has(line.media)) return make("img", { src, alt: line.media });
  if (src && FILMS.has(line.media)) return make("video", { src, controls: true });
  if (src && SOUNDS.has(line.media)) return make("audio", { src, controls: true });
  if (src) return make("a", { href: src, download: "", textContent: `📎 ${line.media}` });
  return make("span", { textContent: `[${line.media}] ` });
}

function drawChoices(line, deeds) {
  const choices = make("div", { className: "choices" });
  for (const [title, data] of line.buttons ?? []) choices.append(choice(title, () => deeds.press(line, title, data)));
  for (const [title, payload] of line.quick_replies ?? []) choices.append(choice(title, () => deeds.tap(title, payload)));
  return choices;
}

function choice(title, does) {
  const button = make("button", { type: "button", textContent: title });
  button.addEventListener("click", does);
  return button;
}

function drawBelow(line, deeds) {
  const below = make("div", { className: "below" });
  const time = new Date(line.at * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const marks = [line.edited && "edited", line.seen && "seen"].filter(Boolean);
  below.append(make("span", { textContent: [time, ...marks].join(" · ") }));
  for (const emoji of [line.their_reaction, line.my_reaction]) if (emoji) below.append(emoji);
  below.append(deed("Reply", "↩", () => deeds.reply(line)));
  if (line.mine && line.text) below.append(deed("Edit", "✎", () => deeds.edit(line)));
  if (line.mine) below.append(deed("Take back", "🗑", () => deeds.takeBack(line)));
  if (!line.mine) {
    for (const emoji of REACTIONS) {
      const chosen = line.my_reaction === emoji;
      below.append(deed(chosen ? `Take ${emoji} back` : `React with ${emoji}`, emoji, () => deeds.react(line, chosen ? null : emoji)));
    }
  }
  return below;
}

function deed(label, sign, does) {
  const button = make("button", { type: "button", textContent: sign, title: label });
  button.setAttribute("aria-label", label);
  button.addEventListener("click", does);
  return button;
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

export function shortened(line) {
  const words = line?.text ?? (line?.media ? `[${line.media}]` : "(no longer here)");
  return words.length > 80 ? `${words.slice(0, 80)}…` : words;
}
