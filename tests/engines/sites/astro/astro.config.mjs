import { defineConfig } from "astro/config";

export default defineConfig({ site: "@URL@", trailingSlash: "ignore", devToolbar: { enabled: false } });
