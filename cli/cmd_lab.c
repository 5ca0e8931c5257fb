/* SPDX-License-Identifier: MIT
 * ebb lab: the page to play with, as one file. */
#include "ebb/lab.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "list.h"
#include "output.h"
#include "screen.h"
#include "talk.h"

typedef struct lab_values {
    const char *output, *country;
} lab_values_t;

#define LAB_FILE "lab.html"

static const option_spec_t lab_options[] = {
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_FILE,
     .target = offsetof(lab_values_t, output),
     .argument = "FILE",
     .help = "Write the page there; " LAB_FILE " by default, - for standard output",
     .more = "The file appears whole or not at all."},
    {.name = "country",
     .kind = OPTION_STRING,
     .target = offsetof(lab_values_t, country),
     .argument = "CC",
     .help = "Your country, as DE, for the numbers of help"},
    {0},
};

static const example_t lab_examples[] = {
    {"ebb lab", "The page as " LAB_FILE ", to be opened in a browser."},
    {"ebb lab -o couples.html --country DE", "Another name; where help is in Germany."},
    {0},
};

static exit_status_t lab_write(const command_t *self, const lab_values_t *values)
{
    const char *path = values->output ? values->output : LAB_FILE;
    bool to_stdout = strcmp(path, "-") == 0;
    ebb_text_t page = {0};
    ebb_error_t error = {0};
    if (to_stdout && screen_is_terminal(STDOUT_FILENO)) {
        return usage_error(self, "the page is a megabyte long and not for a terminal; "
                                 "-o FILE writes a file");
    }
    if (ebb_lab_page(&page, values->country, &error)) {
        ebb_text_free(&page);
        return talk_error(&error);
    }
    exit_status_t status = output_text(path, &page);
    if (status == EXIT_OK && !to_stdout) {
        talk("the page is in %s\n", path);
    }
    return status;
}

static exit_status_t run_lab(const command_t *self, int argc, char **argv)
{
    lab_values_t values = {0};
    string_list_t none = {0};
    int status = options_parse(self, &values, &none, argc, argv);
    if (status == OPTIONS_READ) {
        status = (int)lab_write(self, &values);
    }
    options_free(self, &values);
    return status;
}

const command_t command_lab = {
    .name = "lab",
    .summary = "A page to play with: the loop as a story, a sandbox, any model",
    .operands = "",
    .about =
        "Writes one HTML file that opens from disk in any browser of today, in English "
        "and German: a story in short scenes, a loop of your own to draw, and a "
        "sandbox "
        "that runs the models that ship, or one you write, as you move their numbers. "
        "It fetches nothing, sends nothing and stores nothing.\n"
        "Its numbers are those of 'ebb simulate' for the same settings. The couples in "
        "it never were; what follows from equations is no forecast for anyone.",
    .options = lab_options,
    .examples = lab_examples,
    .run = run_lab,
};
