package io.lipc.site;

/** The page of HTML around what a page says. */
final class Template {

  private Template() {}

  static String html(Page page, Navigation navigation) {
    String root = Pages.relative(page.source(), "");
    return """
    <!DOCTYPE html>
    <html lang="en" data-root="%1$s">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%2$s</title>
    <link rel="stylesheet" href="%1$ssite.css">
    </head>
    <body>
    <header>
    <a class="home" href="%1$sindex.html">lipc</a>
    <div class="search" role="search">
    <input id="search" type="search" placeholder="Search" aria-label="Search the documentation" autocomplete="off">
    <ol id="results" hidden></ol>
    </div>
    </header>
    <div class="page">
    <details class="menu"><summary>Pages</summary>
    %3$s</details>
    <nav aria-label="Pages">
    %3$s</nav>
    <main>
    %4$s</main>
    </div>
    <script src="%1$ssearch-index.js" defer></script>
    <script src="%1$ssearch.js" defer></script>
    </body>
    </html>
    """
        .formatted(root, escaped(title(page)), links(page, navigation), page.html());
  }

  private static String title(Page page) {
    return page.target().equals("index.html") ? "lipc" : page.title() + " - lipc";
  }

  private static String links(Page page, Navigation navigation) {
    StringBuilder html = new StringBuilder();
    for (Navigation.Group group : navigation.groups()) {
      html.append("<h2>").append(escaped(group.name())).append("</h2>\n<ul>\n");
      for (Navigation.Entry entry : group.entries()) {
        html.append("<li><a href=\"")
            .append(Pages.relative(page.source(), entry.page().target()))
            .append(
                entry.page().source().equals(page.source()) ? "\" aria-current=\"page\">" : "\">")
            .append(escaped(entry.name()))
            .append("</a></li>\n");
      }
      html.append("</ul>\n");
    }
    return html.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
