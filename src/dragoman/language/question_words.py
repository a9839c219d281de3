"""How questions begin and end in the languages we know, as patterns over folded text (see folding.py). Data."""

from __future__ import annotations

import regex

V1 = regex.V1
_FLAGS = V1 | regex.VERBOSE

_FIRST_SYLLABLE, _FINALS = 0xAC00, 28  # Hangul syllables in order: each beginning with all of its finals


def _ending_in(final: int) -> str:
    """All syllables with this final letter, as a set's inside."""
    return "".join(chr(_FIRST_SYLLABLE + n) for n in range(final, 11_172, _FINALS))


_N, _L, _B, _SS = _ending_in(4), _ending_in(8), _ending_in(17), _ending_in(20)

# Endings of scripts without spaces. "-ㅂ니까" asks, other "-니까" say "because"; "なんか", "はるか" only end alike.
ENDINGS = regex.compile(
    rf"""(?:
      (?:(?<!な)ん|(?<!は)る|[すたうのいくてけ])か[ねなよ]? | (?:かな|かしら|っけ)
    | (?<![静確豊僅遥密愚])(?<=\p{{Han}})か
    | [{_B}]니까요? | [{_L}]까요? | (?<!생각|기억|고장|화|소리|냄새|끝|만|떠|타|어)나요 | [{_N}]가요
    | (?:는|은|인|한|을|될)지요?
    | [{_SS}](?:니|냐) | 어때요? | 얼마(?:예요|에요|죠|인가)?
    | [吗嗎呢咩] | (?<![那这這多])[么麼] | 了[没沒]有?
    | (?:ไหม|มั้ย|มั๊ย|ไม๊|มัย|หรือเปล่า|รึเปล่า|หรือยัง|รึยัง|หรือไม่|เหรอ|หรอ|เท่าไหร่|เท่าไร|อะไร
    |ที่ไหน|เมื่อไหร่|เมื่อไร|ทำไม|อย่างไร|ยังไง|กี่โมง|กี่วัน|กี่บาท)(?:\s*(?:ครับ|คับ|ค่ะ|คะ|จ๊ะ|จ้ะ
    |นะ|บ้าง|ๆ|อ่ะ|อะ|ล่ะ))*
    )$""",
    _FLAGS,
)

# Words that make a question of the sentence they stand in.
PARTICLES = regex.compile(
    r"""
      (?!时不时|時不時|动不动|動不動|了不了)(\p{Han})[不没沒]\1
    | \b(?:misin|misiniz|musun|musunuz|miyim|miyiz|muyum|muyuz|midir|mudur|miydi|muydu)$
    | (?:\b(?:var|yok|olur|degil|mumkun|dogru|oyle)|\w(?:yor|lir|lur|acak|ecek|diniz|dunuz|mis
    |mus))\s(?:mi|mu)$
    | (?<!\b(?:вряд|едва|чуть|то))\sли\b | ^чи\s | ^czy\s | \w\s(?:czy\snie|prawda)$
    | ^(?:on|voi\w*|saa\w*|ole\w*|olisi\w*|tule\w*|pitaa|kay
    |riitta\w*|loyty\w*|ehdi\w*|halua\w*|onnistu\w*|toimi\w*|sopi\w*|tieda\w*|mahtuu|maksaa
    |tarvitse\w*)ko(?:han|s)?\b
    | \w\s(?:khong|chua|hong)(?:\s(?:a|vay|the|shop|ban|em|anh|chi|ad|nhi|ta))*$ | \w\sko\sa$
    | ^هل\s | ^ايا\s | ^האם\s | ^क्या\s | \sक्या$ | \best[-\ ]ce\squ | \bapakah\b
    | ^(?:da|je|ima|moze|mozete|imate)\sli\b | ^kas\s | ^est-il\b
    """,
    _FLAGS,
)

# What may stand before what is asked.
GREETINGS = regex.compile(
    r"""^\s*(?:(?:hi|hello|hey|hallo|hei|hej|hoi|moin|servus|salut|bonjour|bonsoir|coucou|hola|buenas
    |buenos\sd[ií]as|buenas\stardes|ciao|salve|buongiorno|ol[áa]|oi|bom\sdia|boa\starde
      |cze[śs][ćc]|dzie[ńn]\sdobry|witam|ahoj|dobr[ýy]\sden|moi|terve|merhaba|selam|здравствуйте|привет
      |добрый\sдень|вітаю|добрий\sдень|привіт|guten\s(?:tag|morgen|abend)|good\s(?:morning|afternoon
      |evening|day)
      |goedendag|goedemorgen|goedemiddag|god\s(?:dag|morgen)|hyvää\späivää|مرحبا|السلام\sعليكم|سلام|שלום
      |היי|नमस्ते|สวัสดี(?:ครับ|ค่ะ|คะ)?|xin\schào|chào\s(?:shop|bạn|ad)?|halo|selamat\s(?:pagi|siang
      |sore|malam)
      |안녕하세요|こんにちは|こんばんは|はじめまして|你好|您好|哈喽|哈囉|嗨|請問|请问)
      (?:\s(?:there|all|team|guys|everyone|zusammen|kak|min|sir|madam))?[\s,!.،。，！~〜]+)+""",
    _FLAGS | regex.IGNORECASE,
)

_EN = r"""
    how\s(?:much|many|long|big|far|old|soon|often|fast|tall|wide|heavy|late|quickly|do|does|did|can
    |could|is|are|will|would|should|to|about|come)
  | (?:what|whats)\s(?:is|are|was|were|does|do|did|will|would|can|about|if|time|sizes?|colou?rs?|kind
  |type|day|date|price|the|happens|happened|else|should|your|my)
  | (?:where|wheres|when|whens)\s(?:is|are|do|does|did|can|could|will|would|was|should|to|my|the\s\w+$)
  | why\s(?:is|are|do|does|did|cant|can|was|has|have|dont|doesnt|isnt|not|would|should|wont|am)
  | who\s(?:is|are|can|do|does|will|should) | which\s\w+
  | (?:is|are|was|were)\s(?:it|there|this|that|these|those|the|they|you|my|your|any|he|she)
  | (?:do|does|did)\s(?:you|u|it|they|i|we|the|this|that|he|she|anyone|your)
  | (?:can|could|would|will|should|may|shall)\s(?:i|you|u|we|it|they|the|this|that|someone|anyone
  |there) | (?:have|has)\s(?:you|my|it|they|the|anyone)\s
  | (?:dont|doesnt|isnt|arent|cant|wont|didnt|havent|hasnt|couldnt)\s(?:you|it|they|this|that|there|we
  |the|my)\s | any\s(?:news|updates?|chance|idea|eta|discounts?|other|more)
"""
_DE = r"""
    (?:wie|was|wo|wann|warum|wieso|weshalb|wer|wem|wen|welche[rsmn]?|wieviel|woher|wohin|womit|wofur
    |worauf|ab\swann|bis\swann|seit\swann)\s
  | (?:kann|konnen|konnten|konnte|darf|durfen|soll|sollen|wird|werden|wurde|wurden|gibt|hat|haben|habt
  |hatten|hatte|ist|sind|liefert|liefern|passt|geht|bietet|bieten|verschickt|versenden|kommt|kostet|gilt
  |funktioniert|brauche|muss)
    \s(?:ich|du|ihr|sie|er|es|man|wir|das|dies\w*|die|der|den|dem|ein\w*|mein\w*|euch|ihre?|noch|auch)\b
"""
_ROMANCE = r"""
    (?:combien|quand|comment|pourquoi|ou\s(?:est|sont|puis|en)|quel(?:le)?s?|qui\s|a\squelle
    |que\s(?:faire|dois)|qu\s?est|est\s?ce|avez\s?vous|pouvez\s?vous|pourriez\s?vous|peut\s?on|puis\s?je
    |faites\s?vous|livrez\s?vous|y\sa\st\sil|vous\s(?:avez|livrez|faites|vendez
    |expediez)|c\s?est\s(?:combien|quand|quoi))
  | (?:cuanto|cuanta|cuantos|cuantas|cuando|donde|cual|cuales|quien|por\sque|que\s(?:precio|talla|color
  |horario|medidas|tal|es|dia)|como\s(?:puedo|es|se|hago|lo|va|funciona)|a\sque\shora|tienen|tienes
  |teneis|hacen\senvios|puedo|puedes|pueden|podria\w*|hay\s|se\spuede|esta\sdisponible|sigue\sdisponible
  |aceptan|venden|envian)
  | (?:quanto|quanti|quante|quando|dove|come\s(?:posso|si|faccio|funziona|mai)|perche|quale|quali|qual\s
  |chi\s|che\s(?:taglia|colore|prezzo|orari)|cosa\s|a\sche\sora|avete|hai|posso|potete|puoi|potrei
  |potreste|si\spuo|spedite|fate|e\s(?:disponibile|possibile)|c\s?e\s)
  | (?:quantos|quantas|quanta|onde|aonde|como\s(?:faco|posso|funciona|e|fica)|por\s?que|porque|qual
  |quais|quem|que\s(?:horas|tamanho|cor|dia)|tem\s|voces\s(?:tem|fazem|entregam|vendem
  |enviam)|vcs\s(?:tem|fazem|entregam)|podem|pode\s|posso|da\spra|da\spara|ainda\stem|aceita)
"""
_NORTH = r"""
    (?:hoe|hoeveel|wat|waar|wanneer|waarom|wie|welke?|kan|kunnen|kun|mag|heeft|hebben|zijn|is|hebt|komt
    |werkt|past|leveren|bezorgen|verzenden)\s(?:ik|je|jij|jullie|u|het|de|dit|dat|deze|die|er|een|we|is
    |zijn|kan|kost|lang|groot|veel|duurt|maat|kleur|mijn|wordt|worden|kunnen|moet|gaat|heeft)\b
  | (?:hur|vad|var|nar|varfor|vilken|vilket|vilka|vem)\s
  | (?:har|kan|far|ar|finns|skickar|gar|kommer|passar|ska|skulle)\s(?:ni|du|jag|man|den|det|de|vi|min
  |mitt|mina|denna)\b
  | (?:hvordan|hvor|hva|hvad|nar|hvornar|hvorfor|hvilken|hvilket|hvilke|hvem|hvilkse)\s
  | (?:har|kan|far|er|finnes|findes|sender|gar|kommer|passer|skal|blir|bliver|leverer|ma)\s(?:dere|du
  |jeg|man|den|det|de|i|vi|min|mitt|mit|mine|dette|denne)\b
  | (?:paljonko|mita|mika|missa|mista|mihin|milloin|miten|miksi|kuka|koska|kuinka|montako|minka|mitka
  |millainen|minkalainen)\b
"""
_SLAVIC = r"""
    (?:jak|ile|jaki\w*|jaka|gdzie|kiedy|dlaczego|czemu|kto|ktor\w*|za\sile|od\skiedy|do\skiedy|co\s(?:z
    |to|ile|jest|trzeba|robic)|da\ssie|mozna|moge|moglb?y\w*|mozecie|macie|jest\s(?:jeszcze
    |dostepn\w*)|sa\sjeszcze)\s
  | (?:jak|kolik|jaka|jaky|jake|kde|kdy|proc|kdo|ktery|ktera|ktere|mate|muzu|mohl\w*\sby|muzete
  |je\s(?:to|mozne|jeste)|lze|da\sse|dodavate|posilate)\s
  | (?:сколько|когда|где|куда|откуда|почему|зачем|кто|какой|какая|какие|какое|каков\w*|чем
  |что\s(?:делать|с|это|по|там|за)|как\s(?:заказать|можно|долго|узнать|купить|мне|это|вы|быстро|получить
  |оформить|насчет|дела)|а\s(?:есть|можно|когда|сколько|где|как|если|какой|какие)|есть\s(?:в|еще
  |размер\w*|ли|у)|можно|можете|могу|у\sвас\sесть|доставляете|до\sскольки)(?:\s|$)
  | (?:скильки|скілки|скільки|коли|де|куди|звідки|чому|навіщо|хто|який|яка|які|яке|що\s(?:робити|з
  |це)|як\s(?:замовити|можна|довго|мені|це|купити|отримати)|є\s(?:в|у|ще)|а\sє|можна|можете|чи\sє
  |у\sвас\sє|доставляєте)(?:\s|$)
"""
_OTHERS = r"""
    (?:ne\szaman|nasil|nerede|nereden|neden|niye|kac|hangi|kim|ne\skadar|fiyati?\sne|ucreti?\sne
    |bu\s\w+\sne\skadar)(?:\s|$)
  | (?:كم|بكم|متي|امتي|اين|وين|فين|كيف|ازاي|شلون|ماذا|ما\s(?:هو|هي)|لماذا|ليش|ليه|شو|ايش|مين|من\sاين
  |اي\s|عندكم|عندك|ممكن|يوجد|في\sعندكم|هل)(?:\s|$)
  | (?:چند|چقدر|چطور|چجوري|چگونه|كجا|كي\s|چه\s|چرا|كدام|كدوم|ايا|قيمت\w*\sچ\w+|دارين|داريد|ميشه|ميتونم
  |امكانش|ارسال\sداريد)(?:\s|$)
  | (?:כמה|מתי|איפה|היכן|איך|מה|למה|מדוע|מי|איזה|איזו|אילו|האם|אפשר|יש\sלכם|יש\s|ניתן|עד\sמתי)(?:\s|$)
  | (?:क्या|कब|कहां|कहा|कैसे|कितना|कितने|कितनी|कौन|क्यों|किस)(?:\s|$)
  | (?:kya|kab|kahan|kaise|kitna|kitne|kitni|kaun|kyun|kyu)\s
  | (?:bao\snhieu|khi\snao|bao\sgio|tai\ssao|lam\ssao|the\snao|o\sdau|gia\s(?:bao|the)|co\s(?:the
  |con)|shop\s(?:oi\s)?(?:co|con)|con\s(?:hang|size|mau))\b
  | (?:berapa|brp|kapan|dimana|di\smana|bagaimana|gimana|kenapa|mengapa|siapa|apa|apakah|bisa|boleh|ada
  |ready|masih\sada|apa\sada|harga\w*\sberapa)\s
  | (?:ποσο|ποτε|που|πως|γιατι|ποιο|ποια|τι|εχετε|μπορω|μπορειτε)\s
"""
BEGINNINGS = regex.compile(
    rf"""
    ^(?:(?:and|also|so|or|but|ok|okay|please|sorry|excuse\sme|thanks|und|oder|aber|auch|bitte|danke|et|ou|y
    |e|i|a|o|och|og
      |en|ja|dan|lub|albo|tez|и|а|і|та|ve|و),?\s)*
    (?:{_EN}|{_DE}|{_ROMANCE}|{_NORTH}|{_SLAVIC}|{_OTHERS})
    """,
    _FLAGS,
)

# Question words of languages that do not put them first.
WITHIN = regex.compile(
    r"""
      多少|什么|什麼|怎么|怎麼|怎样|怎樣|哪里|哪裡|哪儿|哪個|哪个|哪款|几点|幾點|几个|幾個|几天|幾天|为什么
      |為什麼|多久|何时|何時|是否|可否|能否|啥时候|点样|點樣|幾多|邊度
    | いくら|どこ|いつ(?![もか])|なぜ|どうして|どうやって|どうすれば|どれ(?!も)|どちら|何時|何日|何個
    |いくつ|教えてください|教えて下さい
    | 얼마|언제|어디|어떻게|무엇|무슨|몇|어느|왜\s
    | เท่าไ|ที่ไหน|เมื่อไ|ทำไม|อย่างไร|ยังไง|กี่
    | \bbao\snhieu\b|\bnhu\sthe\snao\b|\bkhi\snao\b | \bberapa\b | कितन|कैसे|कब\s|\bkitn[aei]\b
    | \bne\skadar\b|\bkac\b
    """,
    _FLAGS,
)
