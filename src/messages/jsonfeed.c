/* SPDX-License-Identifier: MIT
 *
 * Drives yajl over an input, chunk by chunk.
 *
 * yajl does not look whether an allocation failed. So all it asks for comes out of one
 * pool of fixed size, and when the pool is used up the allocator leaves yajl by
 * longjmp: nothing is lost, since the pool is all that yajl ever had. The same bound
 * keeps a string of many megabytes from being gathered.
 *
 * Telegram Desktop writes control characters as \x1F, which is no JSON. Such escapes
 * are replaced, before yajl sees them, by one character of the same four bytes.
 *
 * Invariant: chunks end outside of escapes; offsets in the chunk are offsets in the
 * input minus chunk_begin.
 */
#include "messages/jsonfeed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#define FEED_CHUNK ((size_t)64 * 1024)
#define FEED_POOL ((size_t)3 * 1024 * 1024)
#define FEED_PROGRESS 16 /* chunks between two words to the caller */

/* Memory for yajl: blocks one behind the other, each with its size before it. */
typedef struct ebb_feed_pool {
    jmp_buf escape;
    size_t used;
    _Alignas(16) char bytes[FEED_POOL];
    char chunk[FEED_CHUNK + 16]; /* older yajl looks a little beyond a string */
} ebb_feed_pool_t;

/* ---- yajl's memory ---- */

#define BLOCK_HEAD ((size_t)16)

static void *pool_take(void *context, size_t size)
{
    ebb_feed_pool_t *pool = context;
    size_t whole = (size + 2 * BLOCK_HEAD - 1) & ~(BLOCK_HEAD - 1);
    if (size > FEED_POOL || whole > FEED_POOL - pool->used) {
        longjmp(pool->escape, 1);
    }
    char *block = pool->bytes + pool->used + BLOCK_HEAD;
    memcpy(block - BLOCK_HEAD, &size, sizeof size);
    pool->used += whole;
    return block;
}

static void *pool_again(void *context, void *block, size_t size)
{
    size_t old_size = 0;
    if (block) {
        memcpy(&old_size, (char *)block - BLOCK_HEAD, sizeof old_size);
    }
    if (size <= old_size) {
        return block;
    }
    void *grown = pool_take(context, size);
    if (old_size > 0) {
        memcpy(grown, block, old_size);
    }
    return grown;
}

static void pool_give_back(void *context, void *block)
{
    (void)context; /* the pool goes as a whole */
    (void)block;
}

/* ---- what is handed over ---- */

static int go_on(ebb_feed_t *feed, int code)
{
    feed->code = code;
    return code == 0;
}

static int open_level(ebb_feed_t *feed, bool is_object)
{
    if (feed->depth >= EBB_FEED_DEPTH_MAX) {
        (void)ebb_feed_fail(feed, EBB_ERR_LIMIT, ebb_feed_offset(feed) - 1,
                            "more than %d objects and lists inside each other",
                            EBB_FEED_DEPTH_MAX);
        return 0;
    }
    feed->depth++;
    return go_on(feed, feed->opts->reader->opened(feed->opts->user, feed, is_object));
}

static int hand_over(ebb_feed_t *feed, ebb_token_t token, const char *bytes, size_t n)
{
    return go_on(feed,
                 feed->opts->reader->value(feed->opts->user, feed, token, bytes, n));
}

static int on_null(void *feed)
{
    return hand_over(feed, EBB_TOKEN_NULL, "", 0);
}

static int on_boolean(void *feed, int value)
{
    return hand_over(feed, value ? EBB_TOKEN_TRUE : EBB_TOKEN_FALSE, "", 0);
}

static int on_number(void *feed, const char *bytes, size_t length)
{
    return hand_over(feed, EBB_TOKEN_NUMBER, bytes, length);
}

static int on_string(void *feed, const unsigned char *bytes, size_t length)
{
    return hand_over(feed, EBB_TOKEN_STRING, bytes ? (const char *)bytes : "", length);
}

static int on_key(void *user, const unsigned char *bytes, size_t length)
{
    ebb_feed_t *feed = user;
    return go_on(feed, feed->opts->reader->key(feed->opts->user, feed,
                                               (const char *)bytes, length));
}

static int on_object(void *feed)
{
    return open_level(feed, true);
}

static int on_object_end(void *user)
{
    ebb_feed_t *feed = user;
    int going = go_on(feed, feed->opts->reader->closed(feed->opts->user, feed));
    feed->depth--;
    return going;
}

static int on_array(void *feed)
{
    return open_level(feed, false);
}

static int on_array_end(void *user)
{
    ebb_feed_t *feed = user;
    feed->depth--;
    return 1;
}

static const yajl_callbacks feed_callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_map_key = on_key,
    .yajl_start_map = on_object,
    .yajl_end_map = on_object_end,
    .yajl_start_array = on_array,
    .yajl_end_array = on_array_end,
};

/* ---- places ---- */

uint64_t ebb_feed_offset(const ebb_feed_t *feed)
{
    return feed->chunk_begin + yajl_get_bytes_consumed(feed->yajl);
}

static void count_lines(ebb_feed_t *feed, const char *bytes, size_t n)
{
    const char *at = bytes;
    while ((at = memchr(at, '\n', (size_t)(bytes + n - at))) != NULL) {
        at++;
        feed->place_line++;
        feed->place_line_begin = feed->place_offset + (uint64_t)(at - bytes);
    }
    feed->place_offset += n;
}

ebb_place_t ebb_feed_place(ebb_feed_t *feed, uint64_t offset)
{
    const ebb_input_t *input = feed->opts->input;
    char bytes[8192];
    if (offset < feed->place_offset) {
        feed->place_offset = feed->place_line_begin = 0;
        feed->place_line = 1;
    }
    while (feed->place_offset < offset) {
        uint64_t left = offset - feed->place_offset;
        int64_t n = input->read_at(input, feed->place_offset, bytes,
                                   left < sizeof bytes ? (size_t)left : sizeof bytes);
        if (n <= 0) {
            break;
        }
        count_lines(feed, bytes, (size_t)n);
    }
    return (ebb_place_t){.where = input->label,
                         .line = feed->place_line,
                         .column = offset - feed->place_line_begin + 1};
}

void ebb_feed_not_understood(ebb_feed_t *feed, uint64_t offset, const char *reason)
{
    ebb_import_t *import = feed->opts->import;
    ebb_place_t place = {0};
    if (ebb_import_source(import)->not_understood < EBB_POSITIONS_KEPT) {
        place = ebb_feed_place(feed, offset);
    }
    ebb_import_not_understood(import, place.line, place.column, reason);
}

int ebb_feed_fail(ebb_feed_t *feed, int code, uint64_t offset, const char *format, ...)
{
    char text[sizeof feed->error->text];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    feed->code =
        ebb_fail_at(feed->error, code, ebb_feed_place(feed, offset), "%s", text);
    return feed->code;
}

/* ---- chunks ---- */

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/* Replaces \xHH by a character of four bytes that is neither letter nor space (U+1FFFF,
 * which never stands for anything). Returns how many bytes may go to yajl: all, or up
 * to an escape that the chunk's end cuts. */
static size_t mend_escapes(char *bytes, size_t n, bool last)
{
    char *at = bytes;
    while ((at = memchr(at, '\\', (size_t)(bytes + n - at))) != NULL) {
        size_t left = (size_t)(bytes + n - at);
        if (left < 4 && !last) {
            return n - left;
        }
        if (left >= 4 && at[1] == 'x' && is_hex(at[2]) && is_hex(at[3])) {
            memcpy(at, "\xF0\x9F\xBF\xBF", 4);
        }
        if (left < 2) {
            break;
        }
        at += 2;
    }
    return n;
}

/* yajl's complaint as ours; it has consumed the byte it complains about. */
static int fail_not_json(ebb_feed_t *feed, uint64_t offset)
{
    unsigned char *said = yajl_get_error(feed->yajl, 0, NULL, 0);
    char text[96];
    (void)snprintf(text, sizeof text, "%s", said ? (const char *)said : "unknown");
    text[strcspn(text, "\n")] = '\0';
    if (strstr(text, "premature EOF") || offset >= feed->opts->end) {
        return ebb_feed_fail(feed, EBB_ERR_INPUT, feed->opts->end,
                             "the JSON ends too soon: the export was cut off; make it "
                             "again and copy the whole file");
    }
    return ebb_feed_fail(feed, EBB_ERR_INPUT, offset > 0 ? offset - 1 : 0,
                         "not JSON here (%s); if the file was edited, export it again",
                         text);
}

/* Reads and parses one chunk; `*taken` says how many bytes it was. */
static int feed_chunk(ebb_feed_t *feed, size_t *taken)
{
    const ebb_feed_opts_t *opts = feed->opts;
    uint64_t left = opts->end - feed->chunk_begin;
    size_t want = left < FEED_CHUNK ? (size_t)left : FEED_CHUNK;
    char *chunk = feed->pool->chunk;
    int64_t n = opts->input->read_at(opts->input, feed->chunk_begin, chunk, want);
    if (n <= 0) {
        return ebb_feed_fail(feed, EBB_ERR_IO, feed->chunk_begin, "cannot be read");
    }
    *taken = mend_escapes(chunk, (size_t)n, (uint64_t)n == left);
    if (*taken == 0) {
        *taken = (size_t)n; /* an input that gives a few bytes at a time */
    }
    yajl_status status = yajl_parse(feed->yajl, (const unsigned char *)chunk, *taken);
    if (feed->code) {
        return feed->code;
    }
    return status == yajl_status_ok ? EBB_OK
                                    : fail_not_json(feed, ebb_feed_offset(feed));
}

static int feed_all(ebb_feed_t *feed)
{
    const ebb_feed_opts_t *opts = feed->opts;
    int code = EBB_OK;
    for (unsigned i = 0; !code && feed->chunk_begin < opts->end; i++) {
        size_t taken = 0;
        code = feed_chunk(feed, &taken);
        feed->chunk_begin += code ? 0 : taken;
        if (!code && i % FEED_PROGRESS == 0) {
            code =
                ebb_import_progress(opts->import, feed->chunk_begin, opts->input->size);
            if (code) {
                return ebb_fail(feed->error, code, "cancelled");
            }
        }
    }
    if (!code && yajl_complete_parse(feed->yajl) != yajl_status_ok) {
        code = feed->code ? feed->code : fail_not_json(feed, opts->end);
    }
    return code ? code : feed->code;
}

/* Everything that runs while yajl may leave by longjmp; no locals of it are read after
 * the jump. */
static int feed_guarded(ebb_feed_t *feed)
{
    yajl_alloc_funcs functions = {
        .malloc = pool_take,
        .realloc = pool_again,
        .free = pool_give_back,
        .ctx = feed->pool,
    };
    if (setjmp(feed->pool->escape)) {
        return ebb_feed_fail(feed, EBB_ERR_LIMIT, feed->chunk_begin,
                             "a text of more than half a MiB near here; no message is "
                             "that long");
    }
    feed->yajl = yajl_alloc(&feed_callbacks, &functions, feed);
    yajl_config(feed->yajl, yajl_dont_validate_strings, 1);
    yajl_config(feed->yajl, yajl_allow_multiple_values, feed->opts->many ? 1 : 0);
    return feed_all(feed);
}

int ebb_feed_run(const ebb_feed_opts_t *opts, ebb_error_t *error)
{
    const ebb_alloc_t *alloc = opts->import->alloc;
    ebb_feed_t feed = {.opts = opts, .error = error, .place_line = 1};
    char mark[3];
    feed.chunk_begin = opts->begin;
    if (opts->begin == 0 && opts->input->read_at(opts->input, 0, mark, 3) == 3 &&
        memcmp(mark, "\xEF\xBB\xBF", 3) == 0) {
        feed.chunk_begin = 3;
    }
    feed.pool = alloc->resize(alloc->user, NULL, 0, sizeof *feed.pool);
    if (!feed.pool) {
        return ebb_fail_at(error, EBB_ERR_MEMORY,
                           (ebb_place_t){.where = opts->input->label},
                           "no memory to read it");
    }
    feed.pool->used = 0;
    int code = feed_guarded(&feed);
    alloc->resize(alloc->user, feed.pool, sizeof *feed.pool, 0);
    return code;
}

/* ---- sniffing ---- */

/* The byte behind the string that begins at `i`, or n + 1 when it does not end. */
static size_t string_end(const char *head, size_t n, size_t i)
{
    for (i++; i < n && head[i] != '"'; i++) {
        i += head[i] == '\\';
    }
    return i < n ? i + 1 : n + 1;
}

static size_t skip_blanks(const char *head, size_t n, size_t i)
{
    while (i < n && strchr(" \t\r\n", head[i]) && head[i]) {
        i++;
    }
    return i;
}

bool ebb_json_peek(const char *head, size_t n,
                   bool (*key)(void *user, int depth, const char *bytes, size_t length),
                   void *user)
{
    bool marked = n >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0;
    size_t i = skip_blanks(head, n, marked ? 3 : 0);
    if (i >= n || head[i] != '{') {
        return false;
    }
    int depth = 0;
    while (i < n) {
        if (head[i] == '"') {
            size_t begin = i + 1;
            i = string_end(head, n, i);
            size_t next = skip_blanks(head, n, i);
            if (next < n && head[next] == ':' &&
                !key(user, depth, head + begin, i - 1 - begin)) {
                return true;
            }
            continue;
        }
        depth += head[i] == '{' || head[i] == '[';
        depth -= head[i] == '}' || head[i] == ']';
        if (depth == 0) {
            return true;
        }
        i++;
    }
    return true;
}
