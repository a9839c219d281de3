"""Words of an answer to a story that ask or complain although they are only two: "how much", "link
please". Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from dragoman.language.folding import folded


def asks_or_complains(words: Iterable[str], run: str) -> bool:
    """``words`` are folded; ``run`` holds the letters of scripts without spaces, one after the other."""
    return not _words().isdisjoint(words) or run.endswith("か") or any(piece in run for piece in _PIECES)


@cache
def _words() -> frozenset[str]:
    return frozenset(folded(_WORDS).split())


# What, how much, where, when, have you, price, link, size, order, help, broken, refund, not, never, please.
_WORDS = """
how what where when why which who whats wheres price prices pricing cost costs much link size sizes info
  information details order ordered help
broken refund return damaged scam fake fraud missing late wrong available stock buy need want interested
  please pls plz dm call address delivery
shipping ship open opening hours not dont doesnt didnt cant isnt wont never stop bad worst terrible awful
  hate shame lies
wie was wo wann warum welche welcher preis preise kosten kostet viel größe grösse link hilfe bestellen
  bestellung bestellt kaputt defekt
rückerstattung verfügbar lieferbar kaufen haben brauche bitte nicht kein keine nie schlecht falsch betrug
  adresse öffnungszeiten lieferung versand
comment combien quel quelle quels où quand pourquoi prix coûte coute taille lien aide commande commander
  cassé remboursement disponible dispo stock
acheter besoin svp stp pas jamais nul arnaque adresse livraison horaires
cómo como cuánto cuanto cuánta cuántos qué que cuál cual dónde donde cuándo cuando porqué precio precios
  costo cuesta vale talla enlace ayuda pedido
pedir roto reembolso disponible comprar quiero necesito favor porfa no nunca mal estafa dirección envío
  envíos horario tienen hay
quanto quanti quale dove quando perché prezzo prezzi costa taglia aiuto ordine ordinare rotto rimborso
  disponibile disponibili comprare voglio bisogno
favore non mai truffa indirizzo spedizione spedite orari avete
quanto quanta quantos qual onde quando porquê preço preco preços valor custa tamanho ajuda pedido
  encomenda quebrado reembolso disponível comprar quero
preciso favor não nao nunca golpe endereço frete entrega horário tem
hoe hoeveel welke waar wanneer waarom prijs kost kosten maat hulp bestelling bestellen kapot
  terugbetaling beschikbaar voorraad kopen graag alsjeblieft
niet geen nooit slecht adres levering verzending
jak ile jaka jaki jakie gdzie kiedy dlaczego czemu cena ceny cenę koszt kosztuje rozmiar rozmiary pomoc
  pomocy zamówienie zamówić zepsute zwrot dostępne
dostępny dostępna kupić kupie chcę proszę nie nigdy źle oszustwo oszuści adres wysyłka dostawa godziny
  macie czy
jak kolik jaká jaký kde kdy proč cena stojí velikost odkaz pomoc objednávka objednat rozbité vrácení
  skladem dostupné koupit chci prosím ne není nikdy
hur mycket vad var när varför vilken pris priset kostar storlek länk hjälp beställning beställa trasig
  återbetalning finns lager köpa vill snälla inte
aldrig dålig adress leverans
hvor meget mye hva hvad hvornår når hvorfor hvilken prisen koster størrelse lenke hjelp hjælp bestilling
  bestille ødelagt refusjon lager kjøpe købe ikke
aldri aldrig levering
paljonko mitä mikä missä milloin miksi hinta maksaa koko linkki apua apu tilaus tilata rikki palautus
  saatavilla ostaa haluan ei en koskaan toimitus
ne nasıl nerede nereden neden kaç kim fiyat fiyatı fiyatlar kadar beden link yardım sipariş bozuk kırık
  iade stok var satın istiyorum lütfen değil yok
asla kötü dolandırıcı adres kargo mı mi mu mü
как сколько что какой какая какие где когда почему цена цены цену стоит стоимость размер размеры ссылка
  ссылку помощь помогите заказ заказать сломан
возврат наличии купить хочу нужно пожалуйста не нет никогда плохо обман мошенники адрес доставка
як скільки що який яка які де коли чому ціна ціни ціну коштує вартість розмір розміри посилання
  допоможіть замовлення замовити зламаний повернення
наявності купити потрібно прошу ні немає погано обман адреса
كم بكم كيف ماذا ما متى أين وين ليش لماذا السعر سعر سعره الاسعار الأسعار قياس مقاس المقاس رابط الرابط
  مساعدة طلب طلبي اطلب مكسور استرجاع متوفر متوفرة
شراء اريد ابغى عايز محتاج فضلك لا ليس لم ما مش مو نصب عنوان العنوان توصيل التوصيل هل
כמה מה איך איפה מתי למה מי מחיר המחיר עולה מידה מידות קישור לינק עזרה הזמנה להזמין שבור החזר במלאי לקנות
  רוצה צריך צריכה בבקשה לא אין אף גרוע הונאה
כתובת משלוח יש
چند چقدر چطور چی چه کجا کی چرا قیمت قیمتش قیمتها سایز لینک کمک سفارش خراب مرجوع موجود موجوده خرید میخوام
  لطفا نه نیست نمیشه هرگز بد کلاهبرداری آدرس
ارسال آیا دارید
कितना कितने कितनी क्या कैसे कहाँ कहां कब क्यों कौन कीमत दाम प्राइस साइज लिंक मदद ऑर्डर टूटा रिफंड उपलब्ध
  खरीदना चाहिए कृपया नहीं मत खराब पता kitna kitne
kitni kya kaise kahan kab kyun daam chahiye nahi nahin
giá bao nhiêu gì sao đâu nào mấy size cỡ link giúp đặt hàng hỏng hoàn còn mua cần xin không ko chưa tệ
  lừa ship địa chỉ inbox ib
harga harganya berapa brp apa bagaimana gimana mana dimana kapan kenapa ukuran tautan bantuan tolong
  pesan pesanan rusak refund kembali ada stok ready
beli mau butuh minta tidak gak nggak ga bukan jangan jelek penipu penipuan alamat kirim ongkir jam
얼마 얼마예요 얼마에요 얼마인가요 가격 가격은 가격이 어디 언제 왜 어떻게 무엇 뭐 사이즈 링크 도와주세요
주문 환불 재고 구매 문의 문의요 안 못 아니 배송
πόσο τι πού πότε γιατί πώς ποιο τιμή κοστίζει μέγεθος βοήθεια παραγγελία δεν όχι
mennyi mit hol mikor miért ár ára méret segítség rendelés nem cât cum unde când preț prețul mărime ajutor
  comandă nu
koliko kako gdje kada zašto cijena cena veličina pomoć narudžba ne nije колко как къде кога защо цена
  цената размер
"""

_PIECES = (
    "多少", "什么", "什麼", "怎么", "怎麼", "哪里", "哪裡", "哪", "几", "幾", "吗", "嗎", "呢",
    "谁", "誰", "价格", "價格", "价钱",
    "價錢", "价", "價", "链接", "連結",
    "尺寸", "尺码", "帮", "幫", "退", "坏", "壞", "不", "没", "沒", "别", "骗", "騙", "买", "買",
    "要", "求", "想", "地址",
    "发货", "請", "请", "点样", "點樣", "幾多",
    "いくら", "値段", "価格", "どこ", "いつ", "なぜ", "どう", "なに", "何", "誰", "サイズ",
    "リンク", "購入", "買", "欲し", "ほし",
    "ください", "下さい", "教えて",
    "壊れ", "返品", "返金", "ない", "ません", "助けて", "在庫", "注文", "詐欺",
    "เท่าไ", "ราคา", "ที่ไหน", "เมื่อไ", "ทำไม", "อะไร", "ยังไง", "ไหม", "มั้ย", "มัย", "ไซส์", "ลิงก์",
    "ลิ้ง", "ช่วย", "สั่ง", "เสีย", "คืน", "ซื้อ", "สนใจ", "ไม่", "มี",
    "얼마", "가격", "어디", "언제", "어떻게", "사이즈", "링크", "도와", "주문", "환불", "재고",
    "구매", "문의", "배송", "뭐", "무엇", "왜",
    "나요", "까요", "인가요", "안돼", "안되", "없",
)  # fmt: skip
