/* SPDX-License-Identifier: MIT
 * messages/signal*.c: small exports, one for each thing that Signal and the programs
 * that read it do, with what is expected of them; any cut of the input into chunks;
 * memory running out. Takes the folder of fixtures as its argument. */
#include "chat.h"

static const char *const names[] = {
    "signal_export",
    "signal_export_me",
    "signal_calls",
    "signal_export_new",
    "signal_export_not_understood",
    "signal_sigtop",
    "signal_disappearing",
    "signal_disappearing_kept",
    "signal_sigtop_calls",
    "signal_sigtop_ids",
    "signal_sigtop_group",
    "signal_sigtop_new",
    "signal_sigtop_reactions",
};

static const char *const text_names[] = {
    "signal_markdown",
    "signal_markdown_old",
    "signal_markdown_calls",
    "signal_markdown_not_understood",
};

static void test_sniff(void)
{
    const ebb_reader_t *json = &ebb_reader_signal, *text = &ebb_reader_signal_text;
    CHECK(chat_sniff(json, "{\"date\": 1, \"sender\": 2, \"body\": 3, \"quote\": 4, "
                           "\"reactions\": []}\n") == 2);
    CHECK(chat_sniff(json, "{\"date\": 1, \"sender\": 2, \"body\": 3}\n") == 0);
    CHECK(chat_sniff(json, "[\n{\"conversationId\": 1, \"sent_at\": 2}") == 2);
    CHECK(chat_sniff(json, "[\n]\n") == 0 && chat_sniff(json, "") == 0);
    CHECK(chat_sniff(text, "[2024-05-05 20:01:00] A: b  \n\n") == 2);
    CHECK(chat_sniff(text, "[2024-05-05, 20:01] A: b  \n[2024-05-05, 20:02] B: c\n") ==
          2);
    /* WhatsApp on an iPhone */
    CHECK(chat_sniff(
              text, "[2024-05-05, 20:01:00] A: b\n[2024-05-05, 20:02:00] B: c\n") == 0);
    CHECK(chat_sniff(text,
                     "[2024-05-05, 20:01:00] A: b\n\n[2024-05-05, 20:02:00] B: c\n"
                     "[2024-05-05, 20:03:00] B: d\n") == 0);
    CHECK(chat_sniff(text, "") == 0);
}

/* a message without end is refused, in bounded memory */
static void test_long_message(void)
{
    size_t room = (size_t)3 << 20, n = 0;
    char *text = malloc(room);
    n += (size_t)sprintf(text, "[2024-05-05 20:01:00] A: b  \n\n"
                               "[2024-05-05 20:02:00] B: c  \n\n");
    while (n < room - 100) {
        n += (size_t)sprintf(text + n, "a line of it\n");
    }
    ebb_import_t *import = NULL;
    ebb_error_t error = {0};
    ebb_input_t input = ebb_input_memory(text, n, "long.md");
    CHECK(ebb_import_open(&import, NULL, NULL) == 0);
    CHECK(ebb_import_add(import, &input, &error) == EBB_ERR_LIMIT);
    CHECK(error.line > 80000 && strstr(error.text, "MiB") != NULL);
    ebb_import_free(import);
    free(text);
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "tests/fixtures/messages";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        fixture_check(folder, names[i], ".json");
    }
    for (size_t i = 0; i < sizeof text_names / sizeof *text_names; i++) {
        fixture_check(folder, text_names[i], ".md");
    }
    test_sniff();
    test_long_message();
    chat_check_chunks(folder, "signal_sigtop", ".json", ",\n");
    chat_check_memory(folder, "signal_sigtop", ".json", 500);
    chat_check_memory(folder, "signal_markdown", ".md", 500);
    return check_report(__FILE__);
}
