/* SPDX-License-Identifier: MIT
 * The page of a simulation on its way out, and what two arms are compared in. */
#ifndef EBB_CLI_COUPLE_PAGE_H
#define EBB_CLI_COUPLE_PAGE_H

#include "ebb/simulate_page.h"
#include "exit.h"
#include "options.h"

/* What a page shows of a run: the chosen outputs if `chosen`, else what the model wants
 * shown of them; at most EBB_PORTRAIT_SHOWN_MOST. Returns how many. */
size_t page_shown(const ebb_model_t *model, const ebb_run_settings_t *settings,
                  bool chosen, ebb_run_output_t *shown);

/* Places in the settings' outputs of some quantities; those that are not there are left
 * out. Returns how many. */
size_t page_places(const ebb_run_settings_t *settings, const ebb_run_output_t *shown,
                   size_t count, size_t *places);

/* Makes what compares two arms, of which `with` names the second and what is compared,
 * and says in `with` from when on. Returns EXIT_OK, or what is wrong has been told. */
exit_status_t page_contrast(ebb_contrast_t **contrast, const command_t *self,
                            const ebb_simulated_t *from, ebb_simulated_with_t *with);

/* Writes the page to a path ("-": stdout) and says where it is. */
exit_status_t page_write(const char *path, const ebb_simulate_page_t *page);

#endif
