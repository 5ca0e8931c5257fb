/* SPDX-License-Identifier: MIT
 * messages/discord.c: small exports, one for each thing that Discord and its exporter
 * do, with what is expected of them; parts of one chat; any cut of the input into
 * chunks; memory running out. Takes the folder of fixtures as its argument. */
#include "chat.h"

static const char *const names[] = {
    "discord_direct",        "discord_utc",
    "discord_utc_zone",      "discord_calls",
    "discord_forwarded",     "discord_namesakes",
    "discord_old",           "discord_group",
    "discord_group_between", "discord_not_understood",
    "discord_cut_off",       "discord_reactions",
    "discord_clock_back",    "discord_empty",
    "discord_text",
};

/* a chat cut into two files is one history, whichever comes first */
static void test_parts(const char *folder)
{
    static const char *const files[2][2] = {
        {"discord_part_1.json", "discord_part_2.json"},
        {"discord_part_2.json", "discord_part_1.json"}};
    for (int i = 0; i < 2; i++) {
        ebb_history_t *history = chat_read_two(folder, files[i][0], files[i][1]);
        size_t count = 0;
        const ebb_event_t *events =
            history ? ebb_history_events(history, &count) : NULL;
        CHECK(count == 4 && events[0].characters == 3 && events[2].characters == 5);
        CHECK_STRING(history ? ebb_history_name(history, 0) : "", "Noor");
        CHECK(history && ebb_history_account(history)->duplicates == 0);
        ebb_history_free(history);
    }
    /* the same part twice is read once */
    ebb_history_t *history = chat_read_two(folder, files[0][0], files[0][0]);
    CHECK(history && ebb_history_account(history)->duplicates == 2);
    ebb_history_free(history);
}

static void test_sniff(void)
{
    CHECK(chat_sniff(&ebb_reader_discord,
                     "{\"guild\": {\"id\": \"1\"}, \"channel\": {}, "
                     "\"messages\": [") == 2);
    CHECK(chat_sniff(&ebb_reader_discord, "{\"messages\": [], \"guild\": 1}") == 0);
    CHECK(chat_sniff(&ebb_reader_discord, "[{\"guild\": 1, \"channel\": 2}]") == 0);
    CHECK(chat_sniff(&ebb_reader_discord, "") == 0);
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "tests/fixtures/messages";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        fixture_check(folder, names[i], ".json");
    }
    test_parts(folder);
    test_sniff();
    chat_check_chunks(folder, "discord_direct", ".json", "\"messages\": [");
    chat_check_memory(folder, "discord_direct", ".json", 500);
    return check_report(__FILE__);
}
