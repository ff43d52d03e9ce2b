import Link from "next/link";

export const metadata = { title: "@TITLE@", description: "@TAGLINE@" };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <div className="sticky top-0"><Link href="/">@TITLE@</Link> <Link href="/about/">About</Link> <span>@NAV@</span></div>
        <div className="min-h-screen">{children}</div>
        <div className="bg-neutral-50 border-t"><h3>@FOOTER@</h3><a href="https://social.example/">@SHARE@</a></div>
      </body>
    </html>
  );
}
