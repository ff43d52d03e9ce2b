export default {
  title: "@TITLE@",
  tagline: "@TAGLINE@",
  url: "@URL@",
  baseUrl: "/",
  trailingSlash: true,
  onBrokenLinks: "warn",
  i18n: { defaultLocale: "en", locales: ["en"] },
  presets: [["classic", {
    docs: false,
    theme: {},
    blog: {
      routeBasePath: "/", blogSidebarTitle: "@SIDEBAR@", showReadingTime: true, onUntruncatedBlogPosts: "ignore",
      onInlineTags: "ignore", onInlineAuthors: "ignore", feedOptions: { type: ["rss", "atom"], limit: 20 },
    },
  }]],
  themeConfig: {
    navbar: { title: "@TITLE@", items: [{ to: "/archive", label: "Archive" }, { to: "/about", label: "@NAV@" }] },
    footer: { style: "dark", links: [{ title: "@SHARE@", items: [{ label: "Mastodon", href: "https://social.example/" }] }], copyright: "@FOOTER@" },
  },
};
