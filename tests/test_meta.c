/* SPDX-License-Identifier: MIT
 * messages/meta*.c, mojibake.c and folder.c: small downloads of Messenger and
 * Instagram, one for each thing they do, with what is expected of them; whole downloads
 * as folders and as zips; any cut of the input into chunks; limits; memory running out.
 * Takes the folder of fixtures as its argument. */
#include "chat.h"
#include "messages/folder.h"
#include "messages/meta.h"
#include "pack.h"

static const char *const names[] = {
    "meta_typed",
    "meta_untyped",
    "meta_no_zone",
    "meta_clocks_change",
    "meta_encrypted",
    "meta_mojibake",
    "meta_mojibake_by_string",
    "meta_reactions",
    "meta_reaction_twice",
    "meta_liked",
    "meta_calls",
    "meta_calls_in_two",
    "meta_unsent",
    "meta_media",
    "meta_shared",
    "meta_places_and_polls",
    "meta_notices",
    "meta_own_words",
    "meta_group",
    "meta_group_between",
    "meta_deleted_account",
    "meta_not_understood",
    "meta_cut_off",
    "meta_edited_by_hand",
    "meta_oldest_first",
    "meta_out_of_order",
    "meta_instagram",
    "meta_key_order",
    "meta_seconds",
    "meta_nothing_in_it",
    "meta_long_text",
    "meta_bom_crlf",
    "meta_one_person",
    "meta_no_message",
};

static const char *const downloads[] = {
    "many_files",    "whole",       "whole_partner", "whole_me_partner",
    "whole_between", "whole_alias", "whole_folder",  "whole_group",
    "whole_nobody",  "cutover",     "namesakes",     "namesakes_folder",
    "instagram",     "encrypted",   "web_pages",     "broken_file",
    "broken_head",   "other_app",   "two_apps",      "nothing",
};

/* ---- whole downloads ---- */

#define MEMBERS_MAX 16

/* A zip of the files below a folder, in the opposite order. */
static packed_t pack_folder(const ebb_folder_t *folder)
{
    member_t members[MEMBERS_MAX];
    char *bytes[MEMBERS_MAX];
    int count = 0;
    for (size_t i = folder->count; i-- > 0 && count < MEMBERS_MAX; count++) {
        char path[600];
        size_t size = 0;
        (void)snprintf(path, sizeof path, "%s/%s", folder->label,
                       folder->entries[i].name);
        bytes[count] = fixture_slurp(path, &size);
        CHECK(bytes[count] != NULL);
        members[count] = (member_t){folder->entries[i].name,
                                    bytes[count] ? bytes[count] : "", size, NULL};
    }
    packed_t packed = pack(members, count);
    for (int i = 0; i < count; i++) {
        free(bytes[i]);
    }
    return packed;
}

/* Imports a folder, or the zip of it when one is given. */
static int import_download(const fixture_t *f, const ebb_folder_t *folder,
                           const packed_t *zip, ebb_history_t **history,
                           ebb_error_t *error)
{
    ebb_import_t *import = NULL;
    *history = NULL;
    int code = ebb_import_open(&import, &f->import, error);
    if (!code && zip) {
        ebb_input_t input = ebb_input_memory(zip->bytes, zip->size, "download.zip");
        code = ebb_import_add(import, &input, error);
    } else if (!code) {
        code = ebb_import_add_folder(import, folder, error);
    }
    if (code && import) {
        CHECK(ebb_import_account(import).source_count == 0);
    }
    code = code ? code : ebb_import_finish(import, history, error);
    ebb_import_free(import);
    return code;
}

static void check_download(const fixture_t *f, const ebb_folder_t *folder,
                           const packed_t *zip)
{
    ebb_history_t *history = NULL;
    ebb_error_t error = {0};
    int code = import_download(f, folder, zip, &history, &error);
    if (!f->csv) {
        fixture_check_error(f, code, &error);
    } else if (code) {
        check_string(error.text, "no error", f->file, (int)error.line);
    } else {
        ebb_text_t out;
        fixture_check_facts(f, history);
        fixture_write(history, f->events, &out);
        check_string(out.data, f->csv, f->file, 0);
        ebb_text_free(&out);
    }
    ebb_history_free(history);
}

/* A folder and the zip of it are read alike. */
static void check_folder_and_zip(const char *root, const char *name)
{
    fixture_t f;
    char path[600];
    ebb_folder_t folder;
    ebb_error_t error = {0};
    if (!fixture_open(&f, root, name, "")) {
        return;
    }
    (void)snprintf(path, sizeof path, "%s/%s", root, f.file);
    check_one(ebb_folder_open(&folder, path, &error) == EBB_OK, path, __FILE__,
              __LINE__);
    packed_t zip = pack_folder(&folder);
    check_download(&f, &folder, NULL);
    check_download(&f, &folder, &zip);
    ebb_folder_close(&folder);
    free(zip.bytes);
    fixture_close(&f);
}

/* Labels tell the file of a download, and the zip where it holds but one chat. */
static void check_labels(const char *root)
{
    fixture_t f = {0};
    char path[600];
    ebb_folder_t folder;
    ebb_history_t *history = NULL;
    ebb_error_t error = {0};
    (void)snprintf(path, sizeof path, "%s/many_files/", root);
    CHECK(ebb_folder_open(&folder, path, &error) == EBB_OK);
    packed_t zip = pack_folder(&folder);
    CHECK(import_download(&f, &folder, &zip, &history, &error) == EBB_OK);
    CHECK_STRING(ebb_history_account(history)->sources[0].label,
                 "download.zip/message_10.json");
    ebb_history_free(history);
    CHECK(import_download(&f, &folder, NULL, &history, &error) == EBB_OK);
    const char *label = ebb_history_account(history)->sources[2].label;
    CHECK(strstr(label, "many_files/message_1.json") != NULL);
    ebb_history_free(history);
    ebb_folder_close(&folder);
    free(zip.bytes);

    (void)snprintf(path, sizeof path, "%s/broken_file", root);
    CHECK(ebb_folder_open(&folder, path, &error) == EBB_OK);
    CHECK(import_download(&f, &folder, NULL, &history, &error) == EBB_ERR_INPUT);
    CHECK(strstr(error.where, "inbox/rahel_1/message_2.json") != NULL);
    ebb_folder_close(&folder);

    char long_label[300], label_of[EBB_LABEL_MAX];
    memset(long_label, 'x', sizeof long_label);
    long_label[sizeof long_label - 1] = '\0';
    ebb_folder_t deep = {.label = long_label};
    ebb_folder_label(label_of, &deep, "inbox/a/message_1.json");
    CHECK_STRING(label_of, ".../message_1.json");
}

static void test_file_number(void)
{
    CHECK(ebb_meta_file_number("a/message_1.json") == 1);
    CHECK(ebb_meta_file_number("message_10.json") == 10);
    CHECK(ebb_meta_file_number("message_.json") == 0);
    CHECK(ebb_meta_file_number("message_1.html") == 0);
    CHECK(ebb_meta_file_number("message_1.json.bak") == 0);
    CHECK(ebb_meta_file_number("my_message_1.json") == 0);
    CHECK(ebb_meta_file_number("message_1/photo.json") == 0);
    CHECK(ebb_meta_file_number("message_12345678901234567890.json") == 0);
}

/* ---- strings that were encoded twice ---- */

static void expect_mended(const char *from, const char *to)
{
    ebb_mojibake_t mend = {.alloc = ebb_alloc_default()};
    size_t length = strlen(from);
    const char *mended = ebb_mojibake_mend(&mend, from, &length);
    CHECK(length == strlen(to) && memcmp(mended, to, length) == 0);
    CHECK(mend.mended == (strcmp(from, to) != 0));
    ebb_mojibake_free(&mend);
}

/* Any text, encoded twice, comes back; right text stays what it is. */
static void test_mojibake(void)
{
    static const char *const right[] = {
        "",
        "plain",
        "\xC3\xA9",
        "caf\xC3\xA9",
        "\xC3\x83",
        "\xE2\x80\x9Cso\xE2\x80\x9D",
        "\xF0\x9F\x98\x82",
        "a long line of nothing but ASCII, and then \xC3\xA9",
        "\xC2\x80",
        "\xC3\xBF\xC3\xBE",
        "\xFF broken",
        "\xC3",
    };
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        char twice[200];
        size_t n = 0;
        bool is_utf8 = true, is_ascii = true;
        for (const unsigned char *c = (const unsigned char *)right[i]; *c; c++) {
            is_ascii &= *c < 0x80;
            if (*c < 0x80) {
                twice[n++] = (char)*c;
            } else {
                twice[n++] = (char)(0xC0 | *c >> 6);
                twice[n++] = (char)(0x80 | (*c & 0x3F));
            }
        }
        twice[n] = '\0';
        for (size_t k = 0; right[i][k];) {
            int step = ebb_utf8_length(right[i] + k, strlen(right[i] + k));
            is_utf8 &= step > 0;
            k += step > 0 ? (size_t)step : 1;
        }
        expect_mended(right[i], right[i]);
        if (is_utf8 && !is_ascii) {
            expect_mended(twice, right[i]);
        }
    }
    expect_mended("\xC3\x83\xC2\xA9 \xE2\x80\xA6", "\xC3\x83\xC2\xA9 \xE2\x80\xA6");
    expect_mended("\xC3\xA9 \xC3\x83\xC2\xA9", "\xC3\xA9 \xC3\x83\xC2\xA9");
}

/* ---- what is and what is not Meta's ---- */

static int sniff(const char *text)
{
    return ebb_reader_meta.sniff(text, strlen(text));
}

static void test_sniff(void)
{
    CHECK(sniff("{\"participants\": [{\"name\": \"A\"}], \"messages\": [") == 2);
    CHECK(sniff("\xEF\xBB\xBF{\"participants\":[\"A\"],\"threadName\":\"x\","
                "\"messages\":[") == 2);
    CHECK(sniff("{\"messages\":[{\"sender_name\":\"A\",\"timestamp_ms\":1}") == 2);
    /* Telegram, Discord, Element, ebb's own, lines of objects, a table, nothing */
    CHECK(sniff("{\"name\":\"A\",\"messages\":[{\"date\":1,\"from_id\":1}") == 0);
    CHECK(sniff("{\"guild\": {\"id\": 1}, \"messages\": [{\"timestamp\": 1}]}") == 0);
    CHECK(sniff("{\"room_name\": \"x\", \"messages\": [{\"type\": 1}]}") == 0);
    CHECK(sniff("{\"schema\":\"ebb/events\",\"version\":1,\"events\":[") == 0);
    CHECK(sniff("{\"sender_name\": \"A\", \"timestamp_ms\": 1}") == 0);
    CHECK(sniff("time,person\n") == 0 && sniff("[1]") == 0 && sniff("") == 0);
}

/* ---- limits ---- */

#define MESSAGE(who, text)                                                            \
    "{\"sender_name\":\"" who "\",\"timestamp_ms\":1714932001000,\"content\":\"" text \
    "\"}"

static int read_text(const ebb_text_t *text, ebb_error_t *error)
{
    fixture_t none;
    memset(&none, 0, sizeof none);
    ebb_history_t *history = NULL;
    *error = (ebb_error_t){0};
    int code = fixture_import(&none, text->data, text->length, &history, error);
    ebb_history_free(history);
    return code;
}

static int read_long(size_t length, const char *filler, ebb_error_t *error)
{
    ebb_text_t text;
    ebb_text_init(&text, NULL);
    ebb_text_puts(&text,
                  "{\"participants\":[],\"messages\":[" MESSAGE(
                      "A", "x") ","
                                "{\"sender_name\":\"B\",\"timestamp_ms\":1714932001000,"
                                "\"content\":\"");
    while (text.length < length) {
        ebb_text_puts(&text, filler);
    }
    ebb_text_puts(&text, "\"}]}");
    int code = read_text(&text, error);
    ebb_text_free(&text);
    return code;
}

static void test_long_text(void)
{
    ebb_error_t error;
    CHECK(read_long(500000, "word ", &error) == EBB_OK);
    CHECK(read_long(500000, "\\u00c3\\u00a9", &error) == EBB_OK);
    CHECK(read_long(5000000, "word ", &error) == EBB_ERR_LIMIT);
    CHECK(strstr(error.text, "MiB") != NULL);
}

/* a group too large to be a couple */
static void test_many_persons(void)
{
    ebb_text_t text;
    ebb_error_t error;
    ebb_text_init(&text, NULL);
    ebb_text_puts(&text, "{\"participants\":[],\"messages\":[" MESSAGE("A", "x"));
    for (int i = 0; i < 300; i++) {
        ebb_text_printf(&text,
                        ",\n{\"sender_name\":\"P%d\",\"timestamp_ms\":1714932001000,"
                        "\"content\":\"x\"}",
                        i);
    }
    ebb_text_puts(&text, "]}");
    CHECK(read_text(&text, &error) == EBB_ERR_LIMIT);
    CHECK(error.line == EBB_PERSONS_MAX + 1 && error.column == 1);
    ebb_text_free(&text);
}

static void check_folder_memory(const char *root, const char *name)
{
    fixture_t f;
    char path[600];
    ebb_folder_t folder;
    ebb_error_t error = {0};
    if (!fixture_open(&f, root, name, "")) {
        return;
    }
    (void)snprintf(path, sizeof path, "%s/%s", root, f.file);
    CHECK(ebb_folder_open(&folder, path, &error) == EBB_OK);
    packed_t zip = pack_folder(&folder);
    int code = EBB_ERR_MEMORY;
    for (long n = 0; n < 500 && code; n++) {
        scarce_t scarce = {.left = n};
        const ebb_alloc_t alloc = {scarce_resize, &scarce};
        ebb_history_t *history = NULL;
        f.import.alloc = &alloc;
        code = import_download(&f, &folder, n % 2 ? &zip : NULL, &history, &error);
        CHECK(code == EBB_OK || (code == EBB_ERR_MEMORY && error.code == code));
        ebb_history_free(history);
        CHECK(scarce.held == 0);
    }
    CHECK(code == EBB_OK);
    ebb_folder_close(&folder);
    free(zip.bytes);
    fixture_close(&f);
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "tests/fixtures/messages";
    char root[300];
    (void)snprintf(root, sizeof root, "%s/../downloads", folder);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        fixture_check(folder, names[i], ".json");
    }
    for (size_t i = 0; i < sizeof downloads / sizeof *downloads; i++) {
        check_folder_and_zip(root, downloads[i]);
    }
    check_labels(root);
    test_file_number();
    test_mojibake();
    test_sniff();
    test_long_text();
    test_many_persons();
    chat_check_chunks(folder, "meta_mojibake", ".json", "\"messages\": [");
    chat_check_chunks(folder, "meta_reactions", ".json", "\"messages\": [");
    chat_check_chunks(folder, "meta_encrypted", ".json", "\"messages\": [");
    chat_check_memory(folder, "meta_mojibake", ".json", 500);
    chat_check_memory(folder, "meta_reactions", ".json", 500);
    check_folder_memory(root, "cutover");
    check_folder_memory(root, "whole_partner");
    return check_report(__FILE__);
}
