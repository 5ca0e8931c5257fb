/* SPDX-License-Identifier: MIT
 * How ebb ends. The one place where exit statuses are named; manual and tests quote
 * it. */
#ifndef EBB_CLI_EXIT_H
#define EBB_CLI_EXIT_H

/* name, status, sentence for the manual */
#define EBB_EXIT_LIST(X)                                                        \
    X(EXIT_OK, 0, "Done; also when the honest answer is \"cannot tell\".")      \
    X(EXIT_FAILED, 1,                                                           \
      "Reading, writing or memory failed, or a couple could not be run to the " \
      "end, or what a scenario expects does not hold.")                         \
    X(EXIT_USAGE, 2,                                                            \
      "The command line is wrong, or a choice is needed, as between persons.")  \
    X(EXIT_INPUT, 3, "The input is not what it should be.")

enum {
#define EBB_EXIT_ENUM(name, status, sentence) name = status,
    EBB_EXIT_LIST(EBB_EXIT_ENUM)
#undef EBB_EXIT_ENUM
};
typedef int exit_status_t; /* one of them */

#endif
