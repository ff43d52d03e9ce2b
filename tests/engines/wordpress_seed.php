<?php
// Installs WordPress in its folder and writes what seed.json holds. Run by php from the command line.
$_SERVER += ['HTTP_HOST' => '127.0.0.1', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REQUEST_METHOD' => 'GET', 'REMOTE_ADDR' => '127.0.0.1'];
define('WP_INSTALLING', true);
$folder = $argv[1];
require "$folder/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
$seed = json_decode(file_get_contents("$folder/seed.json"), true);
function wp_mail() { return true; }
global $wpdb, $wp_rewrite;
wp_install($seed['title'], 'admin', 'admin@example.org', true, '', 'secret', $seed['locale']);
$wpdb->query('BEGIN');
foreach ($seed['options'] as $name => $value) update_option($name, $value);
if ($seed['theme']) switch_theme($seed['theme']);
foreach (get_posts(['post_type' => ['post', 'page'], 'numberposts' => -1, 'post_status' => 'any']) as $old) wp_delete_post($old->ID, true);
wp_suspend_cache_invalidation(true);
kses_remove_filters();
$users = [];
foreach ($seed['users'] as $login => $name) {
    $users[$login] = wp_insert_user(['user_login' => $login, 'user_pass' => 'x', 'display_name' => $name,
        'user_email' => "$login@example.org", 'role' => 'author']);
}
$media = [];
foreach ($seed['media'] as $name => $size) {
    $id = wp_insert_attachment(['post_title' => $name, 'post_mime_type' => 'image/png', 'post_status' => 'inherit'], "2010/01/$name");
    wp_update_attachment_metadata($id, ['width' => $size, 'height' => $size, 'file' => "2010/01/$name", 'sizes' => []]);
    $media[$name] = $id;
}
foreach ($seed['posts'] as $post) {
    $body = preg_replace_callback('/\{id:([^}]+)\}/', fn($m) => $media[$m[1]], $post['body']);
    $id = wp_insert_post(wp_slash(['post_title' => $post['title'], 'post_content' => $body, 'post_name' => $post['slug'],
        'post_date' => $post['date'], 'post_date_gmt' => $post['date_gmt'], 'post_author' => $users[$post['author']] ?? 1,
        'post_status' => $post['status'], 'post_type' => $post['type'], 'post_password' => $post['password'] ?? '',
        'comment_status' => 'open', 'import_id' => $post['id']]), true);
    if (is_wp_error($id)) { fwrite(STDERR, $id->get_error_message()); exit(1); }
    if (!empty($post['notes'])) update_post_meta($id, 'footnotes', wp_slash($post['notes']));
    if (!empty($post['category'])) wp_set_object_terms($id, $post['category'], 'category');
    if (!empty($post['tags'])) wp_set_object_terms($id, $post['tags'], 'post_tag');
    $made = [];
    foreach ($post['comments'] ?? [] as $n => $said) {
        $made[$n] = wp_insert_comment(['comment_post_ID' => $id, 'comment_author' => $said['author'],
            'comment_author_email' => 'reader@example.org', 'comment_content' => $said['text'], 'comment_date' => $said['date'],
            'comment_date_gmt' => $said['date_gmt'], 'comment_approved' => $said['approved'],
            'comment_parent' => $said['parent'] === null ? 0 : $made[$said['parent']]]);
    }
}
wp_update_comment_count_now(0);
$wpdb->query('COMMIT');
$wp_rewrite->set_permalink_structure($seed['options']['permalink_structure']);
$wp_rewrite->flush_rules(false);
