"""The words that themes print around a post, in the languages that blogs are written in.

Each table is one pattern, matched without regard to case. Sources: the interface strings
of Blogger and WordPress, and themes in the wild.
"""

import re


def _any(words: str, before: str = r"(?<!\w)", after: str = r"(?!\w)") -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words.split(" / "))
    return re.compile(f"{before}(?:{alternatives}){after}", re.I)


# "by NAME": what stands before an author's name.
BY = _any(
    "posted by / published by / written by / submitted by / article by / author / by / from / "
    "publicado por / escrito por / postado por / enviado por / por / autor / autora / "
    "di / pubblicato da / scritto da / postato da / inserito da / autore / "
    "publié par / posté par / écrit par / rédigé par / par / auteur / "
    "eingestellt von / verfasst von / geschrieben von / veröffentlicht von / gepostet von / von / "
    "geplaatst door / geschreven door / door / gepost door / door / skrevet av / skrevet af / skrivet av / publisert av / "
    "upplagd av / av / af / lähettänyt / kirjoittanut / "
    "napisał / napisała / opublikowane przez / autor / dodał / przez / vložil / napsal / přidal / objavil / objavila / autorka / "
    "автор / опубликовал / опубликовала / опубликовано / написал / написала / автор статьи / "
    "gönderen / yazan / yazar / tarafından / diposting oleh / diposkan oleh / ditulis oleh / oleh / "
    "người đăng / đăng bởi / viết bởi / bởi / tác giả / αναρτήθηκε από / από / "
    "kirjoittaja / szerző / írta / bejegyezte / postat de / scris de / de către / autorius / "
    "작성자 / 글쓴이 / 올린이 / 게시자 / 지은이 / 글 / 投稿者 / 執筆者 / 著者 / 書いた人 / 作者 / 發佈者 / 发布者 / 發表者 / 張貼者 / 撰文 / 作者是 / "
    "كتبه / كتبها / كتبتها / كتبته / مرسلة بواسطة / بواسطة / بقلم / الكاتب / نوشته شده توسط / نویسنده / توسط / פורסם על ידי / נכתב על ידי / מאת / "
    "เขียนโดย / โพสต์โดย / โดย / ผู้เขียน",
    after=r"(?=[\s:：])\s*[:：]?\s*",
)
# What stands beside a date or a name and says nothing itself.
FILL = _any(
    "posted on / published on / posted / published / publié le / posté le / le / publicado el / publicado em / publicado / "
    "el / em / on / at / in / um / am / a / à / alle / ore / il / lúc / den / dne / kl / klo / op / om / o / u / the / and / und / et / e / y / i / "
    "veröffentlicht am / verfasst am / eingestellt / geschrieben am / erstellt am / uhr / datum / date / data / fecha / time / pubblicato il / pubblicato / "
    "опубликовано / в / от / дата / года / г / gepubliceerd op / geplaatst op / geplaatst / tarih / tarihinde / pada / pukul / ngày / vào / "
    "작성일 / 등록일 / 날짜 / 에 / 시간 / 投稿日 / 公開日 / 日付 / 更新日 / 日時 / 发布于 / 發佈於 / 發表於 / 时间 / 日期 / 於 / 于 / "
    "في / الساعة / تاريخ / در / تاریخ / בשעה / בתאריך / ב / เมื่อ / เวลา / วันที่ / am / pm / est / edt / gmt / utc / cet / pst / pdt",
)
MORE = _any(
    "read more / read on / continue reading / keep reading / read the rest / read full / read the whole / full story / full article / view full / more / "
    "leia mais / continue lendo / ler mais / continuar lendo / mais informações / seguir leyendo / leer más / continuar leyendo / más / sigue leyendo / ver más / "
    "leggi tutto / continua a leggere / leggi / continua / altro / lire la suite / la suite / suite / en savoir plus / lire plus / lire l'article / "
    "weiterlesen / mehr lesen / mehr / den ganzen artikel / lees meer / lees verder / verder lezen / läs mer / les mer / læs mere / lue lisää / "
    "czytaj więcej / czytaj dalej / więcej / číst dále / celý článek / více / čítať ďalej / preberi več / več / далее / читать далее / читать дальше / читать полностью / "
    "подробнее / дальше / читати далі / детальніше / devamını oku / devamı / baca selengkapnya / selengkapnya / đọc thêm / xem thêm / đọc tiếp / διαβάστε περισσότερα / περισσότερα / "
    "전체 내용 보기 / 전체 글 보기 / 전체보기 / 더 보기 / 더보기 / 더 읽기 / 계속 읽기 / 자세히 보기 / 자세한 내용 보기 / 이어서 읽기 / 본문 보기 / "
    "続きを読む / 続きを見る / もっと読む / 記事を読む / 全文を読む / 続き / 阅读全文 / 阅读更多 / 繼續閱讀 / 閱讀全文 / 閱讀更多 / 查看全文 / 更多 / 全文 / "
    "اقرأ المزيد / إقرأ المزيد / المزيد / ادامه مطلب / ادامه / بیشتر / קרא עוד / המשך קריאה / להמשך קריאה / อ่านต่อ / อ่านเพิ่มเติม",
    before=r"",
    after=r"",
)
OLDER = _any(
    "older posts / older post / older entries / older / previous posts / previous page / previous entries / earlier posts / earlier / next page / next posts / next / more posts / "
    "entradas antiguas / entradas anteriores / entrada antigua / anteriores / siguiente / página siguiente / más antiguas / postagens mais antigas / postagem mais antiga / mensagens antigas / mais antigas / próxima / próximo / "
    "post più vecchi / post più vecchio / articoli meno recenti / articoli precedenti / successivo / successiva / pagina successiva / articles plus anciens / messages plus anciens / articles précédents / billets précédents / plus anciens / page suivante / suivant / suivante / "
    "ältere posts / älterer post / ältere beiträge / ältere einträge / ältere / nächste seite / nächste / weiter / oudere posts / oudere berichten / vorige berichten / volgende pagina / volgende / "
    "äldre inlägg / eldre innlegg / ældre indlæg / næste / neste / nästa / vanhemmat tekstit / seuraava / starsze posty / starsze wpisy / starsze / następna / poprzednie wpisy / starší příspěvky / další / starejše objave / staršie príspevky / "
    "предыдущие / следующие записи / старые записи / ранние записи / следующая / следующая страница / далее / попередні / daha eski yayınlar / eski yazılar / önceki / sonraki / posting lama / postingan lama / berikutnya / bài đăng cũ hơn / cũ hơn / trang sau / "
    "παλαιότερες αναρτήσεις / παλαιότερα / επόμενη / régebbi bejegyzések / következő / mai vechi / "
    "이전 게시물 / 이전 글 / 이전글 / 이전 페이지 / 다음 페이지 / 다음 / 더 오래된 글 / 지난 글 / 이전 / 前の投稿 / 過去の投稿 / 前の記事 / 古い記事 / 次のページ / 次へ / 次の / 以前の記事 / 前のページ / "
    "较早的博文 / 較舊的文章 / 上一篇 / 下一页 / 下一頁 / 更早的文章 / 较旧 / 较早 / الرسائل الأقدم / رسائل أقدم / أقدم / التالي / الصفحة التالية / مقالات أقدم / نوشته‌های پیشین / قدیمی تر / بعدی / הודעות קודמות / רשומות ישנות יותר / ישן יותר / הבא / "
    "บทความที่เก่ากว่า / หน้าถัดไป / ถัดไป",
    after=r"(?!\w{3})",
)
NEWER = _any(
    "newer posts / newer post / newer entries / newer / entradas más recientes / más recientes / más nuevas / postagens mais recentes / mais recentes / post più recenti / più recenti / "
    "messages plus récents / articles plus récents / plus récents / neuere posts / neuerer post / neuere beiträge / neuere / nieuwere posts / nieuwere / nyare inlägg / nyere / uudemmat / nowsze posty / nowsze / novější / novejše objave / "
    "следующие сообщения / новые записи / более новые / daha yeni / yeni / posting lebih baru / lebih baru / bài đăng mới hơn / mới hơn / νεότερες / "
    "최근 게시물 / 최신 글 / 새 글 / 다음 글 / 新しい投稿 / 新しい記事 / 次の記事 / 次の投稿 / 较新的博文 / 較新的文章 / 下一篇 / الرسائل الأحدث / أحدث / جدیدتر / הודעות חדשות יותר / บทความใหม่กว่า",
    after=r"(?!\w{3})",
)
PREVIOUS = _any(
    "previous page / prev / previous / newest / précédent / page précédente / anterior / précédente / precedente / vorherige / zurück / vorige / forrige / föregående / poprzednia / предыдущая / önceki / sebelumnya / trang trước / "
    "이전 페이지 / 前のページ / 前へ / 上一页 / 上一頁 / السابق / הקודם / ก่อนหน้า",
)
HOME = _any(
    "home / main page / start / inicio / página inicial / início / home page / accueil / startseite / startpagina / hem / hjem / etusivu / strona główna / domů / domov / главная / главная страница / ana sayfa / beranda / trang chủ / αρχική σελίδα / főoldal / "
    "홈 / 처음 / 첫 화면 / 메인 / ホーム / トップ / 主页 / 首页 / 首頁 / 主頁 / الصفحة الرئيسية / الرئيسية / صفحه اصلی / דף הבית / หน้าแรก",
)
LABELS = _any(
    "labels / label / tags / tag / tagged / tagged with / tagged as / categories / category / categoria / categorias / category: / filed under / filed in / posted in / topics / keywords / "
    "etiquetas / categorías / marcadores / etichette / etichetta / categorie / libellés / libellé / étiquettes / catégories / catégorie / mots-clés / classé dans / schlagwörter / schlagworte / kategorie / kategorien / labels / trefwoorden / categorieën / etiketter / kategorier / avainsanat / "
    "etykiety / tagi / kategorie / štítky / oznake / ярлыки / метки / рубрика / рубрики / теги / категории / мітки / etiketler / kategori / nhãn / chuyên mục / thẻ / ετικέτες / címkék / kategória / etichete / "
    "라벨 / 태그 / 분류 / 카테고리 / ラベル / タグ / カテゴリ / カテゴリー / 标签 / 標籤 / 分类 / 分類 / التسميات / تصنيفات / الوسوم / القسم / برچسب‌ها / برچسب ها / دسته / תוויות / תגיות / קטגוריה / ป้ายกำกับ / หมวดหมู่",
    after=r"\s*(?=[:：]|$)\s*[:：]?\s*",
)
SHARE = _any(
    "share / share this / share on / email this / blogthis / blogthis! / share to twitter / share to facebook / share to pinterest / facebook / twitter / pinterest / google+ / linkedin / reddit / tumblr / whatsapp / telegram / delicious / digg / stumbleupon / tweet / pin it / pocket / print / "
    "e-mail / like this / like / compartir / compartilhar / condividi / partager / teilen / delen / dela / del / jaa / udostępnij / sdílet / поделиться / paylaş / bagikan / chia sẻ / κοινοποίηση / permalink / permanent link / trackback / trackbacks / pingbacks / links to this post / create a link / "
    "공유 / 공유하기 / 보내기 / 트위터 / 페이스북 / 미투데이 / 카카오톡 / 카카오스토리 / 밴드 / 이메일로 보내기 / 이메일로 전송 / 인쇄 / 스크랩 / 트랙백 / 엮인글 / 공감 / 좋아요 / 추천 / 구독하기 / 共有 / シェア / ツイート / メールで送信 / はてなブックマーク / トラックバック / 分享 / 转发 / 收藏 / 通过电子邮件发送 / 引用 / "
    "مشاركة / إرسال / اشتراک / شیئر / שתף / שיתוף / แชร์ / via email / email / mail / rss / subscribe / me2day / line / hatena / bookmark / edit / edit post / admin / reply",
    before=r"",
    after=r"",
)
RELATED = _any(
    "related posts / related articles / related / you might also like / you may also like / you might also enjoy / more from / more like this / recommended / see also / read also / read next / recent posts / popular posts / latest posts / "
    "entradas relacionadas / artículos relacionados / también te puede interesar / posts relacionados / veja também / leia também / articoli correlati / potrebbe interessarti / potrebbero interessarti / forse ti interessano / leggi anche / ti potrebbe interessare / articles similaires / articles liés / à lire aussi / vous aimerez aussi / "
    "ähnliche beiträge / ähnliche artikel / das könnte dich auch interessieren / verwandte / gerelateerde berichten / lees ook / powiązane / podobne wpisy / zobacz także / související / похожие записи / похожие статьи / читайте также / по теме / ilgili yazılar / benzer yazılar / artikel terkait / baca juga / bài viết liên quan / "
    "관련 글 / 관련글 / 관련 게시물 / 관련 포스트 / 함께 읽으면 / 함께 보면 / 같이 보면 / 같이 읽으면 / 추천 글 / 이 카테고리의 다른 글 / 다른 글 / 최근 글 / 인기 글 / 많이 본 글 / 関連記事 / あわせて読みたい / おすすめ記事 / 最近の投稿 / 相关文章 / 相關文章 / 推荐阅读 / 延伸閱讀 / 猜你喜欢 / "
    "مقالات ذات صلة / مواضيع ذات صلة / قد يعجبك أيضا / مواضيع مشابهة / اقرأ أيضا / مطالب مرتبط / פוסטים קשורים / רשומות קשורות / אולי יעניין אותך / บทความที่เกี่ยวข้อง",
    before=r"^\W*",
    after=r"",
)
