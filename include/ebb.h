/* SPDX-License-Identifier: MIT
 * Everything of ebb. Each header stands alone and holds its own contracts. */
#ifndef EBB_H
#define EBB_H

#include "ebb/alloc.h"
#include "ebb/bridge.h"
#include "ebb/contrast.h"
#include "ebb/cycle.h"
#include "ebb/document.h"
#include "ebb/engine.h"
#include "ebb/ensemble.h"
#include "ebb/error.h"
#include "ebb/host.h"
#include "ebb/lab.h"
#include "ebb/levers.h"
#include "ebb/library.h"
#include "ebb/messages.h"
#include "ebb/model.h"
#include "ebb/nearest.h"
#include "ebb/portrait.h"
#include "ebb/report.h"
#include "ebb/results_page.h"
#include "ebb/run.h"
#include "ebb/show.h"
#include "ebb/simulate.h"
#include "ebb/simulate_page.h"
#include "ebb/spells.h"
#include "ebb/studied.h"
#include "ebb/study.h"
#include "ebb/text.h"

#endif
