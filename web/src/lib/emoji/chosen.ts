/** Where an emoji stands in the picker. */
export const GROUPS = ["faces", "hands", "hearts", "nature", "food", "going", "things", "signs"] as const;
export type EmojiGroup = (typeof GROUPS)[number];

/** What a conversation with a customer needs: no skins, no flags of countries, nothing newer than phones are. */
const CHOSEN: Record<EmojiGroup, string> = {
  faces: `
    🙂 😊 😀 😃 😄 😁 😆 😅 😂 🤣 😉 😇 🥰 😍 🤩 😘 ☺️ 🥲 😋 😛 😜 🤪 🤗 🤭 🤫 🤔 🤨 😐 😑 😶 😏 😒 🙄 😬 😌 😔 😪 😴 😷 🤒 🤕 🤧 🥵 🥶
    🥴 😵 🤯 🤠 🥳 😎 🤓 🧐 😕 😟 🙁 ☹️ 😮 😯 😲 😳 🥺 😦 😨 😰 😥 😢 😭 😱 😖 😣 😞 😓 😩 😫 🥱 😤 😡 😠 🤬 💩 👻 🤖`,
  hands: `
    👍 👎 👌 🙏 👏 🙌 🤝 👋 🤚 ✋ 🖐️ ✌️ 🤞 🤟 🤘 🤙 👈 👉 👆 👇 ☝️ ✊ 👊 🤛 🤜 👐 🤲 💪 ✍️ 💅 👀 👂 👃 🧠 👶 🧒 👩 👨 🧑 👵 👴 🙋 🙅 🙆 💁 🤷 🤦 🙇
    👮 👷 🕵️ 💃 🕺 🚶 🏃 👪`,
  hearts: `
    ❤️ 🧡 💛 💚 💙 💜 🖤 🤍 🤎 💔 ❣️ 💕 💞 💓 💗 💖 💘 💝 💯 ✨ ⭐ 🌟 💫 🔥 💥 🎉 🎊 🎈 🎁 🎂 🏆 🥇 🥈 🥉 🏅 🎀 💋 💌 👑 💎`,
  nature: `
    🐶 🐱 🐭 🐹 🐰 🦊 🐻 🐼 🐨 🐯 🦁 🐮 🐷 🐸 🐵 🙈 🙉 🙊 🐔 🐧 🐦 🦆 🦉 🐴 🦄 🐝 🦋 🐞 🐢 🐍 🐙 🐟 🐬 🐳 🦈 🐘 🐕 🐈 🐾 🌱 🌲 🌳 🌴 🌵 🍀 🍁 🍂 🌷
    🌹 🌺 🌻 🌼 🌸 💐 🌞 🌙 🌍 🌈 ☀️ ⛅ ☁️ 🌧️ ⛈️ ❄️ ⛄ 💧 🌊 💨 ⚡`,
  food: `
    ☕ 🍵 🥤 🍺 🍻 🥂 🍷 🍾 🥛 🍎 🍏 🍐 🍊 🍋 🍌 🍉 🍇 🍓 🍒 🍑 🥭 🍍 🥝 🍅 🥑 🍆 🥕 🌽 🥔 🍞 🥐 🧀 🥚 🍳 🥞 🍔 🍟 🍕 🌭 🥪 🌮 🥗 🍝 🍜 🍲 🍣 🍱 🍚
    🍦 🍰 🧁 🍩 🍪 🍫 🍬 🍭 🍯 🍴 🍽️`,
  going: `
    🚗 🚕 🚌 🚚 🚛 🚲 🛵 🏍️ 🚂 🚆 🚇 ✈️ 🛫 🛬 🚀 🚁 ⛵ 🚢 ⚓ ⛽ 🚦 🚧 📍 🗺️ 🏠 🏡 🏢 🏥 🏦 🏨 🏪 🏫 🏭 🏰 ⛪ 🕌 🕍 🛍️ 🛒 🏖️ ⛰️ 🏕️ 🌅 🌃 🌆 🧳 🎪 🎡 ⚽ 🏀
    🏈 🎾 🏐 🏓 🎯 🎮 🎲 🎨 🎭 🎬 🎤 🎧 🎸 🎹 🎵 🎶 📷`,
  things: `
    📦 📫 📬 📩 📧 ✉️ 📱 📞 ☎️ 💻 🖥️ 🖨️ ⌨️ 🔋 🔌 💡 🔦 🔧 🔨 🛠️ ⚙️ 🔩 🔒 🔓 🔑 🗝️ 💰 💳 💵 💶 💷 💸 🧾 📈 📉 📊 📅 📆 ⏰ ⏳ ⌛ ⌚ 📝 ✏️ 🖊️ 📌 📎 ✂️ 📏 📚 📖
    📄 📋 📁 🗑️ 🔍 🔔 🔕 📣 💬 💭 👕 👖 👗 👟 👠 👜 🎒 👓 🕶️ 💍 💄 🧴 🧼 🧹 🛏️ 🛋️ 🚿 🛁 🚪 🕯️ 💊 💉 🩹 🌡️`,
  signs: `
    ✅ ✔️ ☑️ ❌ ❎ ⚠️ ⛔ 🚫 ❓ ❔ ❗ ❕ ‼️ ⁉️ 💤 ♻️ ➕ ➖ ✖️ ➗ ⬆️ ⬇️ ⬅️ ➡️ ↩️ 🔄 🔁 ▶️ ⏸️ ⏹️ ⏩ ⏪ 🔝 🔜 🆕 🆗 🆓 🆘 ℹ️ ©️ ®️ ™️ 🔴 🟠 🟡 🟢 🔵 🟣
    ⚫ ⚪ 🟥 🟩 🟦 1️⃣ 2️⃣ 3️⃣ 4️⃣ 5️⃣ 🏁 🚩`,
};

export const EMOJI: Readonly<Record<EmojiGroup, readonly string[]>> = Object.fromEntries(
  GROUPS.map((group) => [group, CHOSEN[group].trim().split(/\s+/)]),
) as never;

/** As names are kept: without the sign that asks for colours. */
export function bare(emoji: string): string {
  return emoji.replaceAll("\ufe0f", "");
}
