/* SPDX-License-Identifier: MIT
 * WhatsApp exports, one quirk a file: tests/fixtures/messages/NAME.txt is read and must
 * give NAME.expected to the byte. Lines of that file that begin with '#' are choices
 * for the import and claims about the account:
 *
 *     # me NAME | # partner NAME | # between NAME NAME | # alias FROM TO | # tz ZONE
 *     # dialect TEXT | # dates ORDER CERTAINTY EVIDENCE | # not_understood N
 *     # continuation N | # reordered N | # error TEXT (of the message, nothing follows)
 */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <stdlib.h>

#include "check.h"
#include "ebb/messages.h"

#define FILE_MAX (1 << 20)

typedef struct fixture {
    char input[FILE_MAX], expected[FILE_MAX];
    size_t input_size;
    const char *rows; /* what must be written, after the '#' lines */
    char words[8][128];
    ebb_import_opts_t opts;
    ebb_alias_t alias;
    const char *error, *dialect;
    int order, certainty;
    long evidence, not_understood, continuation, reordered;
} fixture_t;

static size_t read_file(const char *path, char *bytes)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        return 0;
    }
    size_t n = fread(bytes, 1, FILE_MAX - 1, file);
    bytes[n] = '\0';
    fclose(file);
    return n;
}

static int word_index(const char *const *words, int count, const char *word)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(words[i], word) == 0) {
            return i;
        }
    }
    fprintf(stderr, "unknown word %s\n", word);
    exit(1);
}

/* Reads one line "# key value"; values of several words are quoted as "a b". */
static void read_claim(fixture_t *f, char *line)
{
    static const char *const orders[] = {"stated", "dmy", "mdy", "ymd", "ydm", "mixed"};
    static const char *const certainties[] = {"certain", "likely", "ambiguous"};
    char key[32] = "";
    char *value = line;
    int used = 0;
    sscanf(line, "# %31s %n", key, &used);
    value += used;
    if (strcmp(key, "me") == 0) {
        f->opts.me = value;
    } else if (strcmp(key, "partner") == 0) {
        f->opts.partner = value;
    } else if (strcmp(key, "between") == 0) {
        sscanf(value, "\"%127[^\"]\" \"%127[^\"]\"", f->words[0], f->words[1]);
        f->opts.between[0] = f->words[0];
        f->opts.between[1] = f->words[1];
    } else if (strcmp(key, "alias") == 0) {
        sscanf(value, "\"%127[^\"]\" \"%127[^\"]\"", f->words[2], f->words[3]);
        f->alias = (ebb_alias_t){f->words[2], f->words[3]};
        f->opts.aliases = &f->alias;
        f->opts.alias_count = 1;
    } else if (strcmp(key, "tz") == 0) {
        f->opts.tz = value;
    } else if (strcmp(key, "dialect") == 0) {
        f->dialect = value;
    } else if (strcmp(key, "dates") == 0) {
        sscanf(value, "%127s %127s %ld", f->words[4], f->words[5], &f->evidence);
        f->order = word_index(orders, 6, f->words[4]);
        f->certainty = word_index(certainties, 3, f->words[5]);
    } else if (strcmp(key, "not_understood") == 0) {
        f->not_understood = atol(value);
    } else if (strcmp(key, "continuation") == 0) {
        f->continuation = atol(value);
    } else if (strcmp(key, "reordered") == 0) {
        f->reordered = atol(value);
    } else if (strcmp(key, "error") == 0) {
        f->error = value;
    } else if (key[0] != '-') { /* "# -- remark" */
        fprintf(stderr, "unknown claim: %s\n", line);
        exit(1);
    }
}

static void read_claims(fixture_t *f)
{
    char *p = f->expected;
    while (*p == '#') {
        char *end = strchr(p, '\n');
        *end = '\0';
        read_claim(f, p);
        p = end + 1;
    }
    f->rows = p;
}

typedef struct output {
    char bytes[FILE_MAX];
    size_t n;
} output_t;

static int collect(void *user, const char *bytes, size_t n)
{
    output_t *out = user;
    if (out->n + n >= FILE_MAX) {
        return EBB_ERR_LIMIT;
    }
    memcpy(out->bytes + out->n, bytes, n);
    out->n += n;
    out->bytes[out->n] = '\0';
    return 0;
}

static void check_account(const fixture_t *f, const ebb_history_t *history)
{
    const ebb_source_t *source = ebb_history_account(history)->sources;
    CHECK_STRING(source->format, "whatsapp");
    if (f->dialect) {
        CHECK_STRING(source->dialect, f->dialect);
    }
    if (f->order >= 0) {
        CHECK((int)source->date_order == f->order);
        CHECK((int)source->date_certainty == f->certainty);
        CHECK((long)source->date_evidence == f->evidence);
    }
    CHECK((long)source->not_understood == f->not_understood);
    CHECK(f->continuation < 0 || (long)source->continuation == f->continuation);
    CHECK((long)source->reordered == f->reordered);
}

/* Imports the fixture; the error's text, or NULL with the rows in `out`. */
static int run(fixture_t *f, output_t *out, ebb_error_t *error)
{
    ebb_import_t *import = NULL;
    ebb_history_t *history = NULL;
    ebb_input_t input = ebb_input_memory(f->input, f->input_size, "chat.txt");
    int code = ebb_import_open(&import, &f->opts, error);
    code = code ? code : ebb_import_add(import, &input, error);
    code = code ? code : ebb_import_finish(import, &history, error);
    if (!code) {
        ebb_sink_t sink = {collect, out};
        CHECK(ebb_events_write(history, NULL, &sink) == 0);
        check_account(f, history);
    }
    ebb_history_free(history);
    ebb_import_free(import);
    return code;
}

static void run_fixture(const char *folder, const char *name)
{
    static fixture_t f;
    static output_t out;
    memset(&f, 0, sizeof f);
    out.n = 0;
    out.bytes[0] = '\0';
    f.order = -1;
    f.continuation = -1;
    char path[600];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    f.input_size = read_file(path, f.input);
    snprintf(path + strlen(path) - 4, 16, ".expected");
    CHECK(read_file(path, f.expected) > 0);
    read_claims(&f);
    int before = check_failed;
    ebb_error_t error = {0};
    int code = run(&f, &out, &error);
    if (f.error) {
        CHECK(code != 0 && strstr(error.text, f.error) != NULL);
    } else {
        CHECK_STRING(out.bytes, f.rows);
    }
    if (check_failed > before) {
        fprintf(stderr, "    in %s: %d %s\n", name, code, error.text);
    }
}

/* Runs every .txt in a folder but LINE's; how many there were. */
static int run_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    int count = 0;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        const char *dot = strrchr(entry->d_name, '.');
        bool line = strncmp(entry->d_name, "line_", 5) == 0;
        if (dot && strcmp(dot, ".txt") == 0 && !line) {
            run_fixture(folder, entry->d_name);
            count++;
        }
    }
    if (dir) {
        closedir(dir);
    }
    return count;
}

int main(int argc, char **argv)
{
    (void)argc;
    char folder[512];
    CHECK(run_folder(argv[1]) >= 80);
    /* chat-miner's own exports, see the licence beside them; what is expected of them
     * is ebb's reading: "John Doe:." is a message whose text is gone, not nothing */
    snprintf(folder, sizeof folder, "%s/../mit/whatsapp", argv[1]);
    CHECK(run_folder(folder) == 5);
    return check_report(__FILE__);
}
