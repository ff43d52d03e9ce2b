"""Where a player lives → where a person watches it, and what its site is called."""

import re
from urllib.parse import unquote

# Pattern, page ("" for the address itself), name. The first that is found in the address wins.
_PLAYERS: tuple[tuple[str, str, str], ...] = (
    (
        r"(?:youtube(?:-nocookie)?\.com/(?:embed/|v/|shorts/|watch\?(?:[^#]*&)?v=)|youtu\.be/)(?!videoseries)([\w-]{6,})",
        "https://www.youtube.com/watch?v={}", "YouTube",
    ),
    (
        r"youtube(?:-nocookie)?\.com/(?:embed/videoseries|playlist)\?.*?list=([\w-]+)",
        "https://www.youtube.com/playlist?list={}", "YouTube",
    ),
    (r"(?:player\.)?vimeo\.com/(?:video/)?(\d+)", "https://vimeo.com/{}", "Vimeo"),
    (r"vimeo\.com/moogaloop\.swf\?(?:.*&)?clip_id=(\d+)", "https://vimeo.com/{}", "Vimeo"),
    (r"dailymotion\.com/(?:embed/video|swf(?:/video)?)/(\w+)", "https://www.dailymotion.com/video/{}", "Dailymotion"),
    (r"vine\.co/v/(\w+)", "https://vine.co/v/{}", "Vine"),
    (r"player\.twitch\.tv/\?.*?video=v?(\d+)", "https://www.twitch.tv/videos/{}", "Twitch"),
    (r"streamable\.com/(?:[eos]/)?(\w+)", "https://streamable.com/{}", "Streamable"),
    (r"(?:embed|www)\.ted\.com/talks/(?:lang/\w+/)?([\w-]+)", "https://www.ted.com/talks/{}", "TED"),
    (r"tiktok\.com/(?:embed|player)/(?:v\d/)?(\d+)", "https://www.tiktok.com/@/video/{}", "TikTok"),
    (r"tv\.naver\.com/(?:embed|v)/(\d+)", "https://tv.naver.com/v/{}", "Naver TV"),
    (r"serviceapi\.(?:rmc)?nmv\.naver\.com/", "", "Naver"),
    (
        r"(?:tv|play-tv)\.kakao\.com/(?:embed/player/cliplink/|channel/\d+/cliplink/|v/)(\w+)",
        "https://tv.kakao.com/v/{}", "Kakao TV",
    ),
    (r"videofarm\.daum\.net/|tvpot\.daum\.net/|flvs\.daum\.net/", "", "Daum TV"),
    (r"open\.spotify\.com/embed(?:-podcast)?/(\w+/\w+)", "https://open.spotify.com/{}", "Spotify"),
    (r"w\.soundcloud\.com/player/?\?.*?url=", "", "SoundCloud"),
    (r"bandcamp\.com/EmbeddedPlayer", "", "Bandcamp"),
    (r"mixcloud\.com/", "", "Mixcloud"),
    (r"embed\.music\.apple\.com/([^?]+)", "https://music.apple.com/{}", "Apple Music"),
    (r"embed\.podcasts\.apple\.com/([^?]+)", "https://podcasts.apple.com/{}", "Apple Podcasts"),
    (r"instagram\.com/(?:p|reel|tv)/([\w-]+)", "https://www.instagram.com/p/{}/", "Instagram"),
    (r"platform\.(?:twitter|x)\.com/embed/.*?[?&]id=(\d+)", "https://twitter.com/i/status/{}", "Twitter"),
    (r"//(?:www\.)?(?:twitter|x)\.com/(\w+/status/\d+)", "https://twitter.com/{}", "Twitter"),
    (r"facebook\.com/plugins/(?:post|video)\.php\?(?:.*&)?href=([^&]+)", "{}", "Facebook"),
    (r"facebook\.com/plugins/", "", "Facebook"),
    (r"gist\.github\.com/([\w-]+/\w+)(?:\.pibb|\.js)?", "https://gist.github.com/{}", "Gist"),
    (r"codepen\.io/([\w-]+)/(?:embed|pen)/(?:preview/)?(\w+)", "https://codepen.io/{}/pen/{}", "CodePen"),
    (r"jsfiddle\.net/((?:[\w-]+/)+?)embedded", "https://jsfiddle.net/{}", "JSFiddle"),
    (r"codesandbox\.io/embed/([\w-]+)", "https://codesandbox.io/s/{}", "CodeSandbox"),
    (r"stackblitz\.com/", "", "StackBlitz"),
    (r"asciinema\.org/a/(\w+)", "https://asciinema.org/a/{}", "asciinema"),
    (r"pastebin\.com/embed(?:_js|_iframe)?(?:\.php\?i=|/)(\w+)", "https://pastebin.com/{}", "Pastebin"),
    (r"slideshare\.net/", "", "SlideShare"),
    (r"speakerdeck\.com/", "", "Speaker Deck"),
    (r"scribd\.com/embeds/(\d+)", "https://www.scribd.com/document/{}", "Scribd"),
    (r"google\.\w+(?:\.\w+)?/maps|maps\.google\.", "", "Google Maps"),
    (r"map\.(?:naver|kakao)\.com|map\.daum\.net", "", "map"),
    (r"docs\.google\.com/forms", "", "Google Forms"),
    (r"docs\.google\.com/presentation", "", "Google Slides"),
    (r"docs\.google\.com/spreadsheets", "", "Google Sheets"),
    (r"docs\.google\.com/|drive\.google\.com/", "", "Google Docs"),
    (r"calendar\.google\.com/", "", "Google Calendar"),
    (r"archive\.org/embed/([\w.-]+)", "https://archive.org/details/{}", "Internet Archive"),
)  # fmt: skip
_KNOWN = tuple((re.compile(pattern), page, name) for pattern, page, name in _PLAYERS)
_PLACE = re.compile(r"/maps/embed\?.*?!2d(-?[\d.]+)!3d(-?[\d.]+)")
_LONGEST = 60  # letters of an address that still name it


def watch(address: str) -> tuple[str, str]:
    """The page of what a player plays, and what to call it."""
    for pattern, page, name in _KNOWN:
        if found := pattern.search(address):
            if place := _PLACE.search(address):  # the embedded map refuses to be looked at on its own
                return f"https://www.google.com/maps?q={place[2]},{place[1]}", name
            shown = page.format(*(unquote(part) if page == "{}" else part for part in found.groups()))
            return shown if shown.startswith("http") else address, name
    named = re.sub(r"^\w+:/*(?:www\.)?|[?#].*$|/(?:index\.\w+)?(?=[?#]|$)", "", address)
    return address, named if len(named) <= _LONGEST else named.partition("/")[0]
