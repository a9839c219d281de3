"""The smallest pieces of what is no words: emoji, emoticons, kaomoji, stickers written as [Smile], laughter. Pure.

All by ``regex`` in its version 1: it knows the properties of Unicode and subtracts sets. Traps: \\p{Emoji}
holds digits
and "#"; a keycap is an answer and no emoji; a U+FE0F that stands alone is nothing; ©, ® and ™ are
pictographs and no emoji.
"""

from __future__ import annotations

import regex

V1 = regex.V1

EMOJI = (
    r"[[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200d\ufe0e\ufe0f\u20e3\U000E0020-\U000E007F]"
    r"--[©®™]]"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Spaces, format and control characters, and letters that have no shape.
NOTHING = r"[\s\p{Cf}\p{Cc}\ufe0e\ufe0f\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0]"
# Scripts that put no spaces between words, and Hangul, where people put them as they like.
UNSPACED = r"[\p{Hangul}\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ー々〜~～ｰ]"
QUESTION_MARKS = "?？؟⸮՞፧⁇⁈⁉‽❓❔﹖︖;꘏"

# Anger, grief, worry, disgust, refusal, alarm, and letters or numbers that may choose one of several.
SPEAKING_EMOJI = (
    "😠😡🤬👿😤😈💢🖕👎😾😞😔😟😕🙁☹😣😖😫😩🥺😢😭😥😓😰😨😱😧😦😿🙀💔😒🙄🤮🤢💩"
    "🤦😑😐🫤😪🥲🤨🤕🤒😷🆘⚠🚨❌🚫⛔❎🔟🅰🅱🆎🅾🔠🔢"
)

# ":(", ":'(", ":/", "T_T", "-_-", ">:(", "ㅠㅠ" and their like.
_SAD_FACES = r"""
    [:;=8][-'´`o^]*[(\[<@sS|\\/cC{]+(?![\p{L}/]) | (?<!\p{L})D[-']?[:;=](?!\p{L})
    | (?<![)\]])[)\]]+[-']?[:=](?![)\p{L}]) | >[:=;]
  | (?<!\p{L})[Tt][-_.,^]*[Tt](?!\p{L}) | [;ಥ；ｔＴ][-_.︵﹏ω]*[;ಥ；Ｔ] | (?<!\p{L})[-—ー]_+[-—ー] | >[._]+<
  | >_> | <_< | (?<!\p{L})Q[._]Q(?!\p{L})
  | [ㅠㅜ]+ | 益|皿|ಠ|┻|┳|Д|（；|(?<=\()\s*; | ´[・･]ω[・･]` | ´・_・`
  | (?<!\p{L})(?:orz|OTL)(?!\p{L})
"""
SPEAKING = regex.compile(
    rf"[{regex.escape(QUESTION_MARKS)}{SPEAKING_EMOJI}\u20e3] | {_SAD_FACES}", V1 | regex.VERBOSE
)

_FACE_LETTERS = "TtツシッдωoO0uUvVεσᴥ人口ΘxXｪｴвᵔʖᵕ3３ლзㅅㅂㅁㅇ灬"
# (^_^), (≧▽≦), ʕ•ᴥ•ʔ, ヽ(^o^)ノ: signs around a few letters of strange shape.
KAOMOJI = rf"""
    [\\/oOヽヾ٩۶╰ლ☞乁ᕕ┌┏]{{0,4}}[(（ʕᕙ][^()（）\p{{L}}\p{{N}}\n]{{1,8}}(?:[{_FACE_LETTERS}][^()（）\p{{L}}\p{{N}}\n]{{0,8}}){{0,4}}[)）ʔ][づっノﾉ۶و/\\oシ☞╯ᕗᕤ┐┘ブ＊♡彡～~*]*
"""
# Faces that begin with a letter or a digit are looked for before words, the others after them.
LETTERED_EMOTICON = r"""
    5{3,}\+*(?![\p{N}\p{L}]) | 8[-'´`o^]?[)D]+(?!\p{L}) | [xX]+[dD]+(?!\p{L}) | [oO0][_.][oO0](?!\p{L})
    | [uU][wW_][uU](?!\p{L}) | [cC][:;=](?!\p{L})
"""
EMOTICON = r"""
    [:;=][-'´`o^]?(?:[)\]DPpbdOo3*}>Xx]+(?!\p{L})|\)) | <[/\\]?3+ | \^+[_.oO]?\^+;* | \\[oO]/
    | \([:;=](?!\p{L}) | [*^]_+[*^] | ¯\\_[(（]ツ[)）]_/¯
  | [♡♥☆★♪♫❀✿]
  | \((?:[yY]|heart|smile|wink|like|love|clap|flower|thumbsup|laugh|wave|party|handshake|bow|highfive
  |rose|hug|kiss|dance|ok|cool)\)
"""
SHORTCODE = r":[a-z][a-z0-9_+-]{1,29}:|:\+1:"
SPEAKING_SHORTCODES = _words("""
    angry rage cry sob disappointed worried confused frowning thumbsdown -1 broken_heart unamused pensive
    weary tired_face
    question grey_question sos warning x no_entry middle_finger triumph confounded persevere
    slightly_frowning_face
""")

# Each repeated part begins with a letter that the one before cannot hold: nothing is tried twice, however long.
_HA = r"""
    [bm]?w?a*(?:h+[aeiäö]+){2,}h* | a+h+a+h+ | ha+h? | he+h | (?:ho){3,} | hh{2,}
    | a?(?:j+[aeiou]+){2,}j* | k{3,} | (?:rs){2,}r?
  | (?:ks){2,}k? | (?:sj){2,}s? | (?:js){2,}j? | (?:[ae]?wo?k){2,}w? | w{3,} | lo+l+z* | (?:lol){2,}
  | lul+ | lma+o+ | lmfa+o+ | rofl+
  | kek+ | mdr+ | pt+dr+ | xd+ | (?:xa+){2,}x* | (?:hue){2,}(?:br)? | te+he+ | (?:ch[ai]){3,}
  | heheszki | (?:hí){2,} | (?:hì){2,}
  | а*(?:х+[аеиоэі]+){2,}х* | а+х+а+х+ | (?:пх|хп){2,}[пх]? | а?(?:за){3,} | ло+л+ | хд+ | (?:гы){2,}
  | хе+х | ржу
  | (?:χ+[αειο]+){2,}χ* | ه{3,} | (?:ها){2,}ه* | خ{3,} | لو+ل | ח{2,} | לו+ל | हा(?:हा)+ | हे(?:हे)+
  | ही(?:ही)+ | 23{3,}
"""
LAUGHTER = regex.compile(_HA, V1 | regex.VERBOSE | regex.IGNORECASE)
# Within words of scripts without spaces: what is left without them is asked on.
UNSPACED_LAUGHTER = regex.compile(
    r"""
    [ㄱ]*[ㅋㅎ]+ | 크{2,} | 하{2,} | 호{2,} | 히{2,} | 헤{2,} | 후{2,} | 풉 | 哈+ | 呵+ | 嘻+ | 嘿+ | 嘎{2,}
    | 笑死(?:我了)? | 笑+ | 草+$
  | あ?は{2,} | う?ふ{2,} | え?へ{2,} | ひ{2,} | ワロ[タス] | わろた | ハ{2,} | フ{2,} | (?:ฮ่?า+ๆ*)+
  | (?:อิ){2,}
  | (?:คิก){2,}
    """,
    V1 | regex.VERBOSE,
)
# Stickers that WeChat writes as words in brackets; what complains or weeps is not among them.
BRACKETED = _words("""
    smile drool joyful grin toothy chuckle shy silent sleep blush trick surprise happy cool proud hey angel
    laugh smirk tongue
    lol facepalm cute lovely ok okay thumbsup thumbs_up strong victory peace salute fight fist shake
    handshake worship bow clap
    rose heart lips love hug kiss cake party gift sun moon coffee beer lightbulb waddle jump twirl hooray
    wow yeah
    packet red_packet fireworks firecracker blessing 666 watermelon onlooker doge tea beckon rockon respect
    goodjob kowtow wave bye
    awesome smart ninja fullmoon
    微笑 呲牙 色 得意 害羞 偷笑 愉快 可爱 可愛 憨笑 悠闲 悠閒 奋斗 奮鬥 调皮 調皮 鼓掌 坏笑 壞笑 亲亲 親親
    嘘 噓 酷 阴险 机智 機智 嘿哈 捂脸 捂臉 耶
    笑脸 笑臉 破涕为笑 破涕為笑 让我看看 666 旺柴 好的 加油 加油加油 社会社会 社會社會 吃瓜 握手 抱拳 强 強
    胜利 勝利 拳头 拳頭 勾引 合十 爱心 愛心 爱你 愛你
    嘴唇 拥抱 擁抱 玫瑰 太阳 太陽 月亮 咖啡 蛋糕 啤酒 礼物 禮物 红包 紅包 發 发 福 庆祝 慶祝 烟花 煙花 爆竹
    跳跳 发呆 發呆 转圈 轉圈 猪头 豬頭 磕头 赞 讚
    doge 哈哈 笑cry 嘻嘻 太开心 鲜花 鮮花 给力 給力 心 good 泪笑 淚笑 赞啊 比心 惊讶 驚訝 让路 哇 天啊 拜拜
    再见 再見 大笑 送花 鼓掌
""")

_QUOTED = r"""(?:an?\s+(?:image|photo|video|attachment|audio\ message|sticker|movie|link
  |message)|(?:your|a|the)\s+(?:message|story|post|photo|video|comment|reel
  |image)|[:\s]*+["“„«‹「『”].*["”“»›」』])"""
# Likes that a phone or a network tells in words. "Disliked" and "Questioned" are answers, and not here.
TOLD_REACTION = regex.compile(
    rf"""
    \s*+(?:
      (?:liked|loved|hearted|emphasi[sz]ed|laughed\ at|reacted\ (?:with\ )?\S{{1,12}}\ to|removed\ (?:a
      |an)\ .{{1,24}}\ from)\s*+{_QUOTED}
    | (?:hat\s)?(?:gefällt|mag|liebt|gefällt\ mir
    |reagierte\ mit\ \S{{1,12}}\ auf)[:\s]*+{_QUOTED}(?:\ mit\ .{{1,24}}\ (?:markiert|reagiert))?
    | a\ (?:aimé|adoré|ri\ à|réagi\ avec\ \S{{1,12}}\ à)\s*+{_QUOTED}
    | (?:le\ gustó|le\ encantó|se\ rio\ de|se\ rió\ de|reaccionó\ con\ \S{{1,12}}\ a)\s*+{_QUOTED}
    | (?:ha\ messo\ (?:mi\ piace|like)\ a|ha\ adorato|ha\ riso\ (?:a
    |per)|ha\ reagito\ con\ \S{{1,12}}\ a)\s*+{_QUOTED}
    | (?:gostou\ de|curtiu|adorou|amou|riu\ de|reagiu\ com\ \S{{1,12}}\ a)\s*+{_QUOTED}
    | (?:polubi(?:ł|ła|ł\(a\)|ono)|uwielbia|zaśmia(?:ł|ła)\ się\ z|zareagowa(?:ł|ła
    |no)\ \S{{1,12}}\ na)[:\s]*+{_QUOTED}
    | (?:gillade|älskade|skrattade\ åt|reagerade\ med\ \S{{1,12}}\ på|likte|elsket|lo\ av
    |syntes\ godt\ om|elskede|grinede\ ad)\s*+{_QUOTED}
    | (?:tykkäsi|rakasti|nauroi)[:\s]*+{_QUOTED}
    | vond\s*+{_QUOTED}\s*(?:leuk|geweldig|grappig)
    | (?:нравится|понравилось|сподобалось|подобається|реакция\ \S{{1,12}}\ на)[:\s]*+{_QUOTED}
    | {_QUOTED}\s*(?:beğendi|bayıldı|güldü|にいいねしました|に「いいね」しました|にハートを付けました|(?:을
    |를|을\(를\))\s*좋아함)
    | (?:赞了|讚了|喜欢了|喜歡了|觉得|覺得)\s*+{_QUOTED}(?:很赞|很讚)?
    )[\s.]*""",
    V1 | regex.VERBOSE | regex.IGNORECASE | regex.DOTALL,
)
