"""Texts and what they are, read by the tests beside. Written for this purpose: nobody's messages."""

CLOSERS = (
    "thx", "Thanks!!", "ok", "OK 👍", "danke dir", "mfg", "dzk", "Dzięki!", "dzieki wielkie 😊",
    "merci bcp", "grazie mille", "спс", "Спасибо большое!", "شكرا", "شكراً جزيلاً", "תודה רבה",
    "ありがとう", "ありがとうございます！", "ありがとーw", "谢谢", "多谢", "感謝", "好的，谢谢您",
    "감사합니다 🙏", "네 감사합니다~", "넵 알겠습니다!", "ㅇㅋ", "ok thanks bye",
    "great thank you so much!!", "perfekt, danke", "vielen lieben Dank ❤️", "dziękuję bardzo, miłego dnia",
    "Thank you very much for your help", "tack så mycket", "tusen takk", "kiitos paljon", "teşekkür ederim",
    "cảm ơn shop nhiều ạ", "terima kasih kak 🙏", "makasih ya", "ขอบคุณค่ะ", "ขอบคุณมากครับ", "धन्यवाद",
    "ठीक है जी", "ممنونم", "خیلی ممنون", "oki", "👍 ok", "thanks haha", "좋은 하루 되세요~", "k",
    "thankssss", "okkkk", "grazieee", "ok👌", "muchas gracias", "obrigada!", "valeu", "děkuji moc", "díky",
    "bedankt", "tak", "ευχαριστώ πολύ", "de nada", "that's great, thanks",
    "Danke schön und einen schönen Tag noch", "gracias amigo :)", "OK谢谢", "спасибо)))", "awesome ty!",
    "Ok, see you tomorrow", "감사합니다ㅋㅋ", "了解です！", "好", "嗯嗯", "dzięki za pomoc",
    "merci pour votre aide",
)  # fmt: skip

EMOJI_ONLY = (
    "👍", "❤️", "😂😂😂", "haha", "hahaha!!", "jajaja", "хаха", "kkkk", "ㅋㅋㅋ", "www", "哈哈", "5555",
    "[Smile]", "[微笑][微笑]", ":)", ":D", "xD", "<3", "^_^", "(^_^)", "(≧▽≦)", "¯\\_(ツ)_/¯", "ʕ•ᴥ•ʔ",
    "🇩🇪", "lol", "ههههه", "חחחח", "wkwkwk", "rsrs", "ㅎㅎ", "笑", "草", "хахаха)))", "mdr", "hihi", "❤️🔥",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "haha 😂", ":-)", "ヽ(^o^)ノ", "(｡♥‿♥｡)", "555+",
    "ahahah", "😮", "🎉", "(y)", ":thumbsup:", "lmao", "♥", "ふふ", "あはは", "อิอิ",
)  # fmt: skip

PUNCTUATION = (
    "!", "...", "…", "!!!", "-", "。", "、", ")",
)  # fmt: skip

EMPTY = (
    "", "  ", "\u200b", "\ufe0f", "ㅤ", "\u200d", "⠀",
)  # fmt: skip

REACTIONS = (
    "Liked \"see you at 5?\"", "Loved “ok”", "Reacted 😂 to your message", "Polubiono „Dzień dobry”",
)  # fmt: skip

SUBSTANTIVE = (
    "?", "???", "👍?", "1️⃣", "2️⃣", "😡", "😢", "thanks but it is broken", "ok but", "not ok", "no thanks",
    "thanks, when will it arrive?", "hi", "hello", "yes", "no", "1", "42", "(1)", "ok ok where is my order",
    "Danke, aber", "감사합니다, but the box is broken", "谢谢，但是坏了", "ㅠㅠ", "T_T", ":(", ">:(",
    "спасибо(((", "[urgent]", "[Cry]", "please", "help", "ok help please", "+", "$", "©", "™", "555 123",
    "https://a.b", "@anna", "order 555", "Liked \"x\" but I want a refund", "Disliked \"x\"", "Guten Tag",
    "buongiorno", "안녕하세요", "你好", "こんにちは", "ciao", "so much", "you", "for your help",
    "thanks for nothing", "👎", "💔", "🔟", ":/", "thank you do you ship to norway", "3", "ha en",
    "ok send me the link", "love this dress", "ñ", "٣", "か", "いいですか", "好吗", "可以吗", "hi guys",
    "sure when", "see you there at 8", "he", "who", "ho", "thanks for the broken box", "ok?", ";", "١",
    "x1", "a", "b", "A", "B", "M", "XL", "tomorrow", "danke nein", "не спасибо", "no gracias", "non merci",
    "pas ok", "not good", "nie dobrze",
)  # fmt: skip

STORY_REACTIONS = (
    "🔥", "so cute", "love it", "wow", "beautiful!!", "😍😍", "thanks", "好漂亮", "かわいい", "예뻐요",
    "สวยมาก", "haha", "❤",
)  # fmt: skip

SUBSTANTIVE_TO_STORIES = (
    "so cute i love it", "price?", "how much", "link please", "😡", "多少钱", "いくら", "얼마예요",
    "size M", "where", "not working", "1", "2 pieces",
)  # fmt: skip

QUESTIONS = (
    "Friday 2 pm?", "好吗", "可以嗎", "ですか", "在庫ありますか", "재고 있나요", "합니까", "할까요",
    "هل هذا متوفر؟", "Πότε ανοίγετε;", "Ինչպե՞ս", "สีดำมีไหมคะ", "Bu ürün var mı", "Bunu gönderir misiniz",
    "Есть ли размер M", "Czy jest dostępne", "Onko tätä varastossa", "còn hàng không ạ", "什么时候发货呢",
    "有没有黑色", "see https://a.b/?x=1 ok?", "(black?)", "क्या यह उपलब्ध है", "est-ce que vous livrez",
    "really??", "⸮", "האם יש במלאי",
)  # fmt: skip

NO_QUESTIONS = (
    "", "ok", "https://a.b/?x=1", "thanks", "그러니까", "なんか", "静か", "para mi", "Вряд ли",
    "hello; I am here", "생각나요", "那么", "어머니", "はるか", "1;2", "dá mi", "www.shop.com?ref=1",
    "pakko", "www.shop.de/a?b=c&d=e",
)  # fmt: skip
