/* SPDX-License-Identifier: MIT
 * messages/telegram*.c and jsonfeed.c: small exports, one for each thing that Telegram
 * does, with what is expected of them; any cut of the input into chunks; limits; memory
 * running out. Takes the folder of fixtures as its argument. */
#include "chat.h"
#include "messages/jsonfeed.h"

static const char *const names[] = {
    "telegram_single",
    "telegram_entities",
    "telegram_text_forms",
    "telegram_wall_clock",
    "telegram_wall_clock_no_zone",
    "telegram_mixed_clocks",
    "telegram_clock_back",
    "telegram_reaction_at_once",
    "telegram_unix_only",
    "telegram_unix_only_zone",
    "telegram_calls",
    "telegram_media",
    "telegram_marks",
    "telegram_special",
    "telegram_service",
    "telegram_deleted_account",
    "telegram_renamed",
    "telegram_control_name",
    "telegram_namesakes",
    "telegram_channel_ids",
    "telegram_reactions",
    "telegram_full",
    "telegram_full_several",
    "telegram_full_partner",
    "telegram_full_number",
    "telegram_full_alias",
    "telegram_full_group",
    "telegram_full_nobody",
    "telegram_group",
    "telegram_group_between",
    "telegram_saved_messages",
    "telegram_not_understood",
    "telegram_escapes",
    "telegram_bom_crlf",
    "telegram_contradiction",
    "telegram_not_utf8",
    "telegram_cut_off",
    "telegram_edited_by_hand",
};

#define NAME_COUNT (sizeof names / sizeof *names)

/* ---- limits ---- */

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

#define MESSAGE(who, text)                                                   \
    "{\"type\":\"message\",\"date_unixtime\":\"1714932001\",\"from\":\"" who \
    "\",\"text\":" text "}"

static int read_nested(int levels, ebb_error_t *error)
{
    ebb_text_t text;
    ebb_text_init(&text, NULL);
    ebb_text_puts(
        &text,
        "{\"messages\":[" MESSAGE(
            "A", "\"x\"") ","
                          "{\"type\":\"message\",\"date_unixtime\":\"1714932001\","
                          "\"from\":\"B\",\"text\":\"x\",\"deep\":");
    for (int i = 0; i < levels; i++) {
        ebb_text_puts(&text, i % 2 ? "[" : "{\"a\":");
    }
    ebb_text_puts(&text, "1");
    for (int i = levels; i-- > 0;) {
        ebb_text_puts(&text, i % 2 ? "]" : "}");
    }
    ebb_text_puts(&text, "}]}");
    int code = read_text(&text, error);
    ebb_text_free(&text);
    return code;
}

static void test_depth(void)
{
    ebb_error_t error;
    CHECK(read_nested(EBB_FEED_DEPTH_MAX - 3, &error) == EBB_OK);
    CHECK(read_nested(EBB_FEED_DEPTH_MAX - 2, &error) == EBB_ERR_LIMIT);
    CHECK(error.line == 1 && error.column > 200 &&
          strstr(error.text, "inside each other") != NULL);
    CHECK(read_nested(100000, &error) == EBB_ERR_LIMIT);
}

static int read_long(size_t length, const char *filler, ebb_error_t *error)
{
    ebb_text_t text;
    ebb_text_init(&text, NULL);
    ebb_text_puts(
        &text,
        "{\"messages\":[" MESSAGE(
            "A", "\"x\"") ","
                          "{\"type\":\"message\",\"date_unixtime\":\"1714932001\","
                          "\"from\":\"B\",\"text\":\"");
    while (text.length < length) {
        ebb_text_puts(&text, filler);
    }
    ebb_text_puts(&text, "\"}]}");
    int code = read_text(&text, error);
    ebb_text_free(&text);
    return code;
}

/* a text of 500 KiB is read, one of megabytes is refused in bounded memory */
static void test_long_text(void)
{
    ebb_error_t error;
    CHECK(read_long(500000, "word ", &error) == EBB_OK);
    CHECK(read_long(500000, "\\u00e4\\n", &error) == EBB_OK);
    CHECK(read_long(5000000, "word ", &error) == EBB_ERR_LIMIT);
    CHECK(strstr(error.text, "MiB") != NULL);
    CHECK(read_long(5000000, "\\\\", &error) == EBB_ERR_LIMIT);
}

/* a group too large to be a couple */
static void test_many_persons(void)
{
    ebb_text_t text;
    ebb_error_t error;
    ebb_text_init(&text, NULL);
    ebb_text_puts(&text, "{\"messages\":[" MESSAGE("A", "\"x\""));
    for (int i = 0; i < 300; i++) {
        ebb_text_printf(&text,
                        ",\n{\"type\":\"message\",\"date_unixtime\":\"1714932001\","
                        "\"from\":\"P%d\",\"from_id\":\"user%d\",\"text\":\"\"}",
                        i, i + 1);
    }
    ebb_text_puts(&text, "]}");
    CHECK(read_text(&text, &error) == EBB_ERR_LIMIT);
    CHECK(error.line == EBB_PERSONS_MAX + 1 && error.column == 1);
    ebb_text_free(&text);
}

/* ---- what is and what is not Telegram's ---- */

static int sniff(const char *text)
{
    return ebb_reader_telegram.sniff(text, strlen(text));
}

static void test_sniff(void)
{
    CHECK(sniff("{\"messages\":[" MESSAGE("A", "\"x\"")) == 2);
    CHECK(sniff("\xEF\xBB\xBF \n{\"name\": \"A\", \"messages\": [") == 1);
    CHECK(sniff("{\"about\": \"...\", \"personal_information\": {") == 2);
    CHECK(sniff("{\"about\": \"x\", \"chats\": {\"list\": [") == 2);
    /* Messenger, Discord, Element, ebb's own, lines of objects, a table, nothing */
    CHECK(
        sniff(
            "{\"participants\": [{\"name\": \"A\"}], \"messages\": [{\"sender_name\": "
            "\"A\", \"timestamp_ms\": 1}]}") == 0);
    CHECK(sniff("{\"guild\": {\"id\": 1}, \"messages\": [{\"id\": 1}]}") == 0);
    CHECK(sniff("{\"room_name\": \"x\", \"messages\": [{\"type\": 1}]}") == 0);
    CHECK(sniff("{\"schema\":\"ebb/events\",\"version\":1,\"events\":[") == 0);
    CHECK(sniff("{\"time\": 1, \"person\": \"A\"}\n{\"messages\": []}") == 0);
    CHECK(sniff("time,person\n") == 0 && sniff("[1]") == 0 && sniff("") == 0);
    CHECK(sniff("\"messages\": {") == 0 && sniff("{\"messages") == 0);
}

/* ---- what fails from outside ---- */

static int64_t refuse_later(const ebb_input_t *input, uint64_t offset, void *bytes,
                            size_t length)
{
    const ebb_input_t *inner = input->user;
    return offset >= 65536 ? EBB_ERR_IO : inner->read_at(inner, offset, bytes, length);
}

static int cancel_later(void *user, uint64_t done, uint64_t total)
{
    int *calls = user;
    CHECK(done <= total);
    return ++*calls > 1;
}

static void long_export(ebb_text_t *text)
{
    ebb_text_init(text, NULL);
    ebb_text_puts(text, "{\"messages\":[" MESSAGE("A", "\"x\""));
    while (text->length < 3000000) {
        ebb_text_puts(text, ",\n" MESSAGE("B", "\"some words of no weight\""));
    }
    ebb_text_puts(text, "]}");
}

/* a read that fails, a caller who stops: nothing of the input stays */
static void test_interrupted(void)
{
    ebb_text_t text;
    long_export(&text);
    ebb_input_t whole = ebb_input_memory(text.data, text.length, "long.json");
    ebb_input_t failing = {.read_at = refuse_later,
                           .user = &whole,
                           .size = text.length,
                           .label = "long.json"};
    int calls = 0;
    ebb_import_opts_t opts = {.progress = cancel_later, .progress_user = &calls};
    ebb_import_t *import = NULL;
    ebb_history_t *history = NULL;
    ebb_error_t error = {0};
    CHECK(ebb_import_open(&import, &opts, &error) == EBB_OK);
    CHECK(ebb_import_add(import, &failing, &error) == EBB_ERR_IO);
    CHECK_STRING(error.where, "long.json");
    CHECK(ebb_import_add(import, &whole, &error) == EBB_ERR_CANCELLED);
    CHECK(ebb_import_finish(import, &history, &error) == EBB_ERR_INPUT);
    ebb_import_free(import);
    ebb_text_free(&text);
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "tests/fixtures/messages";
    for (size_t i = 0; i < NAME_COUNT; i++) {
        fixture_check(folder, names[i], ".json");
    }
    char other[300];
    (void)snprintf(other, sizeof other, "%s/../mit/telegram", folder);
    fixture_check(other, "test_single_export", ".json");
    fixture_check(other, "test_batch_export", ".json");
    chat_check_chunks(folder, "telegram_entities", ".json", "\"messages\": [");
    chat_check_chunks(folder, "telegram_escapes", ".json", "\"messages\": [");
    chat_check_chunks(folder, "telegram_full", ".json", "\"messages\": [");
    test_depth();
    test_long_text();
    test_many_persons();
    test_sniff();
    test_interrupted();
    chat_check_memory(folder, "telegram_full_partner", ".json", 500);
    chat_check_memory(folder, "telegram_reactions", ".json", 500);
    chat_check_memory(folder, "telegram_entities", ".json", 500);
    return check_report(__FILE__);
}
