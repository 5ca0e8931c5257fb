/* SPDX-License-Identifier: MIT
 * A sample of parameter values, from the file that the user names. */
#ifndef EBB_CLI_SAMPLE_H
#define EBB_CLI_SAMPLE_H

#include "ebb/sample.h"
#include "exit.h"

/**
 * Reads a sample.
 *
 * @param[in,out] sample  zero; to be released with ebb_sample_free in any case
 * @param[in]     path    a file, "-": stdin; NULL: nothing is read
 * @return EXIT_OK, or what is wrong has been told on stderr
 */
exit_status_t sample_open(ebb_sample_t *sample, const char *path);

#endif
