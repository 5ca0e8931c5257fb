/* SPDX-License-Identifier: MIT
 * messages/matrix*.c: small exports, one for each thing that Matrix and Element do,
 * with what is expected of them; any cut of the input into chunks; memory running out.
 * Takes the folder of fixtures as its argument. */
#include "chat.h"

static const char *const names[] = {
    "matrix_room",        "matrix_room_zone",      "matrix_answers",   "matrix_media",
    "matrix_undecrypted", "matrix_edits",          "matrix_reactions", "matrix_calls",
    "matrix_state",       "matrix_not_understood", "matrix_cut_off",   "matrix_alone",
};

static void test_sniff(void)
{
    const ebb_reader_t *matrix = &ebb_reader_matrix;
    CHECK(chat_sniff(matrix, "{\"room_name\": \"A\", \"room_creator\": \"B\", ") == 2);
    CHECK(chat_sniff(matrix, "{\"room_name\": \"A\", \"exported_by\": \"B\"}") == 2);
    CHECK(chat_sniff(matrix, "{\"room_name\": \"A\", \"messages\": [") == 0);
    CHECK(chat_sniff(matrix,
                     "{\"messages\": [{\"room_name\": 1, \"room_creator\": 2}]}") == 0);
    CHECK(chat_sniff(matrix, "room_name,exported_by\n") == 0);
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "tests/fixtures/messages";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        fixture_check(folder, names[i], ".json");
    }
    test_sniff();
    chat_check_chunks(folder, "matrix_answers", ".json", "\"messages\": [");
    chat_check_memory(folder, "matrix_answers", ".json", 500);
    return check_report(__FILE__);
}
