"""Sentences of our own in five languages; `#` becomes a number."""

SENTENCES = {
    "en": """
The bus was late again, so we counted # steps to the next stop.
Somebody had left a red glove on the railing, and nobody came back for it.
I wrote the number # on a card and lost the card the same afternoon.
What remains of that winter is mostly the sound of shovels.
My neighbour says that rain is only impatient snow, which may be true.
We bought apples, bread and # grams of a cheese whose name I forgot.
The path behind the station ends at a gate that has no fence.
It took about # minutes until the kettle agreed with us.
On the second floor a piano was being tuned, note after note.
Nothing in the manual explained why the lamp preferred Tuesdays.
The library closes early in summer, and the pigeons know it.
He told the story backwards, starting with how we all went home.
There were # boats in the harbour and only one of them was moving.
A good map shows where one should have turned around.
She keeps every ticket, sorted by the colour of the ink.
""",
    "ko": """
버스가 늦어서 다음 정거장까지 #걸음을 걸었다.
난간 위에 빨간 장갑 한 짝이 놓여 있었고 아무도 찾으러 오지 않았다.
공책에 #이라는 숫자를 적어 두었는데 그날 오후에 잃어버렸다.
그해 겨울을 떠올리면 눈 치우는 소리가 먼저 들린다.
옆집 아저씨는 비가 성급한 눈이라고 말씀하신다.
시장에서 사과와 빵과 두부를 #원어치 샀다.
역 뒤편의 오솔길은 울타리 없는 문 앞에서 끝난다.
주전자가 끓기까지 대략 #분이 걸렸다.
이층에서는 누군가 피아노를 한 음씩 조율하고 있었다.
설명서 어디에도 왜 전등이 화요일을 좋아하는지 나오지 않는다.
여름이면 도서관이 일찍 닫는다는 것을 비둘기들도 안다.
그는 집에 돌아간 대목부터 거꾸로 이야기를 시작했다.
항구에는 배가 #척 있었지만 움직이는 것은 하나뿐이었다.
좋은 지도는 어디에서 돌아섰어야 했는지를 보여 준다.
할머니는 모든 표를 잉크 색깔별로 모아 두신다.
""",
    "ja": """
バスが遅れたので、次の停留所まで#歩 あるいた。
手すりの上に 赤い手袋が片方だけ置いてあった。
ノートに#という数字を書いて、その日の午後に なくした。
あの冬のことで残っているのは、雪かきの音くらいだ。
隣の人は、雨は せっかちな雪だと言う。
市場で りんごと パンを買い、#円を払った。
駅の裏の小道は、柵のない門の前で終わる。
やかんが沸くまで だいたい#分かかった。
二階では 誰かがピアノを一音ずつ調律していた。
説明書には 電灯が火曜日を好む理由は書いていない。
夏は図書館が早く閉まることを 鳩も知っている。
彼は 家に帰ったところから 話を逆に始めた。
港には船が#そう あったが、動いていたのは一そうだけだった。
よい地図は どこで引き返すべきだったかを教えてくれる。
祖母は 切符をみな インクの色で分けて取っておく。
""",
    "de": """
Der Bus kam wieder zu spät, also zählten wir # Schritte bis zur nächsten Haltestelle.
Auf dem Geländer lag ein roter Handschuh, und niemand holte ihn ab.
Ich schrieb die Zahl # auf eine Karte und verlor sie am selben Nachmittag.
Von jenem Winter bleibt vor allem das Geräusch der Schaufeln.
Der Nachbar sagt, Regen sei nur ungeduldiger Schnee.
Wir kauften Äpfel, Brot und # Gramm eines Käses, dessen Namen ich vergaß.
Der Weg hinter dem Bahnhof endet an einem Tor ohne Zaun.
Es dauerte ungefähr # Minuten, bis der Kessel einverstanden war.
Im zweiten Stock wurde ein Klavier gestimmt, Ton für Ton.
Nichts in der Anleitung erklärte, warum die Lampe den Dienstag bevorzugt.
Die Bücherei schließt im Sommer früh, und die Tauben wissen es.
Er erzählte die Geschichte rückwärts und begann mit dem Heimweg.
Im Hafen lagen # Boote, und nur eines davon bewegte sich.
Eine gute Karte zeigt, wo man hätte umkehren sollen.
Sie hebt jede Fahrkarte auf, geordnet nach der Farbe der Tinte.
""",
    "ar": """
تأخرت الحافلة مرة أخرى فمشينا # خطوة حتى الموقف التالي.
كان على السور قفاز أحمر واحد ولم يرجع إليه أحد.
كتبت الرقم # على ورقة ثم ضاعت الورقة بعد الظهر.
ما بقي من ذلك الشتاء هو صوت المجارف في الصباح.
يقول جارنا إن المطر ثلج قليل الصبر.
اشترينا تفاحا وخبزا وجبنة نسيت اسمها ودفعنا # قرشا.
ينتهي الطريق خلف المحطة عند باب بلا سور.
احتاج الإبريق إلى نحو # دقيقة حتى يغلي.
في الطابق الثاني كان أحدهم يضبط البيانو نغمة بعد نغمة.
لا شيء في الدليل يشرح لماذا يحب المصباح يوم الثلاثاء.
تغلق المكتبة أبوابها مبكرا في الصيف والحمام يعرف ذلك.
روى الحكاية من آخرها وبدأ من طريق العودة.
كان في الميناء # قاربا ولم يتحرك منها إلا واحد.
الخريطة الجيدة تبين أين كان ينبغي أن نعود.
تحتفظ جدتي بكل تذكرة وترتبها حسب لون الحبر.
""",
}
SENTENCES = {lang: text.strip().splitlines() for lang, text in SENTENCES.items()}

HEADINGS = {
    "en": ["What we saw", "The way back", "Some numbers"],
    "ko": ["무엇을 보았나", "돌아오는 길", "몇 가지 숫자"],
    "ja": ["見たもの", "帰り道", "いくつかの数字"],
    "de": ["Was wir sahen", "Der Rückweg", "Ein paar Zahlen"],
    "ar": ["ما رأيناه", "طريق العودة", "بعض الأرقام"],
}

LABELS = {  # of a table's columns
    "en": ("Thing", "Amount", "Remark"),
    "ko": ("물건", "수량", "비고"),
    "ja": ("もの", "数", "備考"),
    "de": ("Ding", "Menge", "Bemerkung"),
    "ar": ("شيء", "كمية", "ملاحظة"),
}
