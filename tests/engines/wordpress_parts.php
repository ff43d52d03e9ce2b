<?php
// Must-use plugin: what sharing and related-posts plugins add around a post, and what a careful owner closes.
add_filter('the_content', function ($html) {
    if (!is_singular('post') || !in_the_loop()) return $html;
    return $html . '<div class="sharedaddy sd-sharing-enabled"><div class="robots-nocontent sd-block sd-social"><h3 class="sd-title">'
        . BLOG_SHARE . '</h3><div class="sd-content"><ul><li class="share-twitter"><a rel="nofollow" class="share-twitter sd-button" href="'
        . get_permalink() . '?share=twitter"><span>Twitter</span></a></li></ul></div></div></div>'
        . '<div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>' . BLOG_RELATED . '</em></h3></div>';
});
add_action('wp_footer', function () { echo '<div class="site-notice"><p>' . BLOG_FOOTER . '</p></div>'; });
if (BLOG_CLOSED) {
    add_filter('rest_authentication_errors', fn() => new WP_Error('rest_forbidden', 'Closed.', ['status' => 401]));
}
add_filter('pre_http_request', fn() => new WP_Error('offline', 'No net in a test.'));
