import { defineConfig } from "astro/config";

export default defineConfig({ site: "@URL@", trailingSlash: "ignore", cacheDir: "./.cache", devToolbar: { enabled: false } });
