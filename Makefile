# `make help` lists the targets. All of them work in a fresh checkout.

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
MIN_FREE_GB ?= 3
VENV := .venv/bin
MANAGE := $(VENV)/python manage.py

# LLM=small: the smallest dialogue model, for machines with little memory or time.
ifeq ($(LLM),small)
export TUTOR_LLM_MODEL := smollm2-135m-instruct-q4_1
endif

# LLM_BASE_URL= and LLM_MODEL= name a server for the tutor's words.
TUTOR_LLM := $(if $(LLM_BASE_URL),TUTOR_LLM_BASE_URL="$(LLM_BASE_URL)") $(if $(LLM_MODEL),TUTOR_LLM_MODEL="$(LLM_MODEL)")

.DEFAULT_GOAL := help
.PHONY: help run run-scaled install demo warm verify-weights test test-long test-fast lint types check validate-deploy ci fix \
	migrations messages lock bench-latency bench-web bench-webrtc bench-turns bench-peers bench-floor bench-recognition bench-pronunciation \
	bench-tutor bench-face bench-pages bench-journey bench-dashboards simulate-capacity check-content check-voices tutor-sessions bundle-js \
	train-scorer train-languages build-tutors tutor-stills tutor-sheets tutor-clip plot-reliability plot-turns verify-engine try-upgrade test-torch test-xtts clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | \
	while IFS='|' read -r name words; do printf '%-18s %s\n' "$$name" "$$words"; done

run: ## Install, fetch weights, migrate, seed and serve (PORT=8000, LLM=small)
	@exec $(PYTHON) -m scripts.launch run --host $(HOST) --port $(PORT) --min-free-gb $(MIN_FREE_GB)

run-scaled: ## The scaled set-up on this machine: PostgreSQL, Redis, workers, two web processes, a proxy (PORT=8000, LLM=small, FOLDER=)
	@$(PYTHON) -m scripts.launch install --scaled --min-free-gb $(MIN_FREE_GB)
	@exec $(VENV)/python -m scripts.scaled --port $(PORT) $(if $(FOLDER),--folder "$(FOLDER)") $(if $(TUTOR_LLM_MODEL),--llm "$(TUTOR_LLM_MODEL)")

install: ## Make .venv with everything for development
	@$(PYTHON) -m scripts.launch install --dev --min-free-gb $(MIN_FREE_GB)

demo: install ## Migrate, import the courses and (re)create the demo data
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) import_lessons
	@$(MANAGE) load_rubrics
	@$(MANAGE) seed_demo

warm: install ## Load each configured engine and try it once
	@$(MANAGE) warm_engines

verify-engine: install ## Hold one engine to its contract (NAME=, KIND=, MODEL=, OPTIONS="a=b c=d", SOUND=folder, PICTURE=file, AVATAR=)
	@test -n "$(NAME)" || { echo "Name the engine: make verify-engine NAME=piper"; exit 2; }
	@$(MANAGE) verify_engine "$(NAME)" $(if $(KIND),--kind "$(KIND)") $(if $(MODEL),--model "$(MODEL)") \
		$(foreach option,$(OPTIONS),--option "$(option)") $(if $(SOUND),--sound "$(SOUND)") \
		$(if $(PICTURE),--picture "$(PICTURE)") $(if $(AVATAR),--avatar "$(AVATAR)")

verify-weights: install ## Hash all weights again, fetch damaged ones anew
	@$(MANAGE) fetch_models --verify

test: install ## Every test, with an own PostgreSQL and Redis, Chromium and real engines
	@$(VENV)/python -m scripts.testrun all

test-long: install ## Pages beside the main job in a real Chromium: before they change, and before a release
	@$(VENV)/python -m scripts.testrun long

test-fast: install ## The quick tests on SQLite: no browser, no engine, no service
	@$(VENV)/python -m scripts.testrun fast

test-torch: install ## The engines for GPU hosts on tiny models, in .dev/torch (fetches torch)
	@$(VENV)/python -m scripts.torch_environment
	@.dev/torch/bin/python -m pytest -q -m engine tests/verification/test_torch_scorers.py \
		tests/verification/test_musetalk.py

test-xtts: install ## The voice XTTS at a tiny random size, in .dev/xtts (fetches torch and coqui-tts)
	@$(VENV)/python -m scripts.xtts_environment
	@$(VENV)/python -m pytest -q -m engine tests/verification/test_xtts.py

lint: install ## Style, imports, templates, security
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/lint-imports
	$(VENV)/djlint templates --lint --quiet

types: install ## mypy --strict
	$(VENV)/mypy .

check: install ## Deploy checks, missing migrations, locks of new ones, pins in step, courses without faults
	@DJANGO_SETTINGS_MODULE=tutorplatform.settings.production DJANGO_SECRET_KEY=$$($(VENV)/python -c "import secrets; print(secrets.token_urlsafe(60))") \
	DJANGO_ALLOWED_HOSTS=tutor.example.org $(MANAGE) check --deploy --fail-level WARNING
	$(MANAGE) makemigrations --check --dry-run --verbosity 1 lessons schools learners tutor_sessions coursework connect operations
	$(VENV)/python -m scripts.migration_locks
	$(VENV)/python -m scripts.lock --check
	@$(MANAGE) check_content --no-voices

check-content: ## Look for faults in the courses: levels, answers, sounds, voices (JSON on stdout, COURSES="folder")
	@$(MAKE) --no-print-directory install >&2
	@$(MANAGE) fetch_models >&2
	@$(MANAGE) check_content $(COURSES)

validate-deploy: install ## Have the tools that deploy/ is for read it: Compose, Kustomize, Caddy, hadolint
	@$(VENV)/python -m scripts.deploy_checks

ci: lint types check validate-deploy test ## All that must be green before a change lands

fix: install ## Repair style where tools can
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

migrations: install ## Write migrations (NAME=what_changes is required)
	@test -n "$(NAME)" || { echo "Name the change: make migrations NAME=what_changes"; exit 2; }
	$(MANAGE) makemigrations lessons schools learners tutor_sessions coursework connect operations --name $(NAME)

messages: install ## Collect the texts of the interface into locale/*.po and tell what is untranslated
	@$(VENV)/python -m scripts.translations update

lock: install ## Compile requirements/*.in to *.txt (UPGRADE=1 for newer versions)
	$(VENV)/python -m scripts.lock $(if $(UPGRADE),--upgrade)

bench-latency: ## Time real turns through the WebSocket (JSON on stdout, AUDIO=folder VIDEO=1)
	@$(MAKE) --no-print-directory install >&2
	@$(MANAGE) fetch_models >&2
	@$(VENV)/python -m bench.latency $(if $(AUDIO),--audio $(AUDIO)) $(if $(VIDEO),--video)

bench-web: ## Time 200 sessions at once on scripted engines (JSON on stdout)
	@$(MAKE) --no-print-directory install >&2
	@$(VENV)/python -m bench.web

bench-load: ## How many learners a scaled set-up carries here (LEVELS="10 30" REAL_LEVELS="1 2" TURNS= PLACES= SHORT=1 LLM=small, JSON on stdout)
	@$(MAKE) --no-print-directory install >&2
	@$(if $(SHORT),true,$(MANAGE) fetch_models) >&2
	@$(VENV)/python -m bench.load $(if $(LEVELS),--levels $(LEVELS)) $(if $(REAL_LEVELS),--real-levels $(REAL_LEVELS)) \
		$(if $(TURNS),--turns $(TURNS)) $(if $(PLACES),--places $(PLACES)) $(if $(SHORT),--short) $(if $(AUDIO),--audio "$(AUDIO)") \
		$(if $(TUTOR_LLM_MODEL),--llm "$(TUTOR_LLM_MODEL)")

bench-faults: ## Kill, fill and cut every part while eight learners talk (ONLY="kill-web" WORKERS=2 ENGINES=real LLM=small, JSON on stdout)
	@$(MAKE) --no-print-directory install >&2
	@$(if $(filter real,$(ENGINES)),$(MANAGE) fetch_models,true) >&2
	@$(VENV)/python -m bench.faults $(if $(ENGINES),--engines $(ENGINES)) $(if $(ONLY),--only $(ONLY)) \
		$(if $(WORKERS),--workers $(WORKERS)) $(if $(LEARNERS),--learners $(LEARNERS)) $(if $(TUTOR_LLM_MODEL),--llm "$(TUTOR_LLM_MODEL)")

bench-webrtc: ## Time the same talk by socket and by WebRTC (TURNS=10, JSON on stdout)
	@$(MAKE) --no-print-directory install >&2
	@$(VENV)/python -m bench.webrtc $(if $(TURNS),--turns $(TURNS))

bench-turns: ## Play hesitating learners to the turn-taking (FAST=1 WORDS=script TABLE=1 PRACTICE=fit AUDIO=folder TALKS=1 ONLY= EVERY=, JSON on stdout)
	@$(MAKE) --no-print-directory install >&2
	@$(MANAGE) fetch_models >&2
	@$(VENV)/python -m bench.turns $(if $(FAST),--fast) $(if $(AUDIO),--audio "$(AUDIO)") $(if $(TALKS),--talks $(TALKS)) \
		$(if $(ONLY),--only "$(ONLY)") $(if $(EVERY),--every $(EVERY)) $(if $(WORDS),--words $(WORDS)) $(if $(TABLE),--table) \
		$(if $(PRACTICE),--practice $(PRACTICE))

bench-floor: ## Time each model by itself (JSON on stdout)
	@$(MAKE) --no-print-directory install >&2
	@$(MANAGE) fetch_models >&2
	@$(VENV)/python -m bench.floor

bench-recognition: ## Hear clips one by one and several at once (JSON on stdout, MODEL=folder DEVICE=cuda)
	@$(MAKE) --no-print-directory install >&2
	@$(MANAGE) fetch_models >&2
	@$(VENV)/python -m bench.recognition $(if $(MODEL),--model "$(MODEL)") $(if $(DEVICE),--device "$(DEVICE)")

bench-peers: ## Talk to Pipecat, LiveKit Agents and this tutor turn about (TURNS=20 ONLY="ours pipecat" MODE=stub SHORT=1 TUNED=1, JSON on stdout)
	@$(MAKE) --no-print-directory install >&2
	@TUTOR_TURN_TAKING=$(or $(TUTOR_TURN_TAKING),model) $(MANAGE) fetch_models >&2
	@$(VENV)/python -m scripts.peers_environment >&2
	@$(VENV)/python -m bench.peers $(if $(TURNS),--turns $(TURNS)) $(if $(ONLY),--only $(ONLY)) \
		$(if $(MODE),--mode $(MODE)) $(if $(SHORT),--short) $(if $(TUNED),--tuned)

bench-pronunciation: ## Compare scores with experts' (CORPUS=folder SPLIT=dev, JSON on stdout)
	@test -n "$(CORPUS)" || { echo "Name the corpus: make bench-pronunciation CORPUS=folder" >&2; exit 2; }
	@$(MAKE) --no-print-directory install >&2
	@$(MANAGE) fetch_models >&2
	@$(VENV)/python -m bench.pronunciation --corpus "$(CORPUS)" $(if $(SPLIT),--split $(SPLIT)) \
		$(if $(IDS),--ids "$(IDS)") $(if $(AUDIO),--audio "$(AUDIO)")

bench-tutor: ## Judge the tutor beside a plain prompt (DATA=folder LLM_BASE_URL= LLM_MODEL= LIMIT= PARTS=, JSON on stdout)
	@$(MAKE) --no-print-directory install >&2
	@$(TUTOR_LLM) $(MANAGE) fetch_models >&2
	@$(TUTOR_LLM) $(VENV)/python -m bench.tutor $(if $(DATA),--data "$(DATA)") $(if $(LIMIT),--limit $(LIMIT)) \
		$(if $(PARTS),--parts $(PARTS))

bench-pages: ## Measure how heavy the pages are and how soon a phone shows them (JSON on stdout)
	@$(MAKE) --no-print-directory install >&2
	@$(VENV)/python -m bench.pages

bench-face: ## Measure the tutor's face as people see it (NAME= AVATARS= SENTENCES= CLIENT= STOPS= PARTS=, JSON on stdout)
	@$(MAKE) --no-print-directory install >&2
	@$(MANAGE) fetch_models >&2
	@$(VENV)/python -m scripts.landmark_environment >&2
	@$(VENV)/python -m bench.face $(if $(NAME),--name $(NAME)) $(if $(AVATARS),--avatars $(AVATARS)) \
		$(if $(SENTENCES),--sentences $(SENTENCES)) $(if $(CLIENT),--client $(CLIENT)) \
		$(if $(STOPS),--stops $(STOPS)) $(if $(PARTS),--parts $(PARTS))

bench-journey: ## Take simulated learners through placement, reviews and drills (PARTS=placement,reviews,drills, JSON on stdout)
	@$(MAKE) --no-print-directory install >&2
	@$(VENV)/python -m bench.journey $(if $(PARTS),--parts "$(PARTS)")

simulate-capacity: ## Hosts and costs for 10 to 100,000 learners, held against a measured load (PLAN=file LEARNERS="10 1000", JSON on stdout)
	@$(MAKE) --no-print-directory install >&2
	@$(VENV)/python -m bench.capacity $(if $(PLAN),--plan "$(PLAN)") $(if $(LEARNERS),--learners $(LEARNERS))

bench-dashboards: ## Time teachers' and administrators' pages of a large school (LEARNERS=2000 TURNS= TIMES=, JSON on stdout)
	@$(MAKE) --no-print-directory install >&2
	@$(VENV)/python -m bench.dashboards $(if $(LEARNERS),--learners $(LEARNERS)) $(if $(TURNS),--turns $(TURNS)) \
		$(if $(TIMES),--times $(TIMES))

try-upgrade: ## Replace every part of a scaled set-up while learners talk (LEARNERS=4, JSON on stdout)
	@$(PYTHON) -m scripts.launch install --scaled --min-free-gb $(MIN_FREE_GB) >&2
	@$(MAKE) --no-print-directory install >&2
	@$(VENV)/python -m bench.rolling $(if $(LEARNERS),--learners $(LEARNERS))

check-voices: ## Have the voices say the courses' lines and transcribe them (LANGUAGES="es fr" N=40 ONLY=pico, JSON on stdout)
	@$(MAKE) --no-print-directory install >&2
	@$(MANAGE) fetch_models $(foreach language,$(or $(LANGUAGES),en es fr de),--language $(language)) >&2
	@$(VENV)/python -m bench.voices $(foreach language,$(LANGUAGES),--language $(language)) $(if $(N),--sample $(N)) \
		$(if $(ONLY),--only $(ONLY))

tutor-sessions: ## Write docs/tutor_sessions anew: a scripted talk at A1, B1 and C1 (LLM_BASE_URL= LLM_MODEL=)
	@$(MAKE) --no-print-directory install
	@$(TUTOR_LLM) $(MANAGE) fetch_models
	@$(TUTOR_LLM) $(VENV)/python -m bench.tutor_sessions

train-scorer: ## Train the pronunciation scorer anew (CORPUS=folder, figures as JSON on stdout)
	@test -n "$(CORPUS)" || { echo "Name the corpus: make train-scorer CORPUS=folder" >&2; exit 2; }
	@$(MAKE) --no-print-directory install >&2
	@$(MANAGE) fetch_models >&2
	@$(VENV)/python -m scripts.torch_environment >&2
	@.dev/torch/bin/python -m training.train_scorer "$(CORPUS)" \
		--output inference/engines/scorers/weights/scorer_en.npz

plot-reliability: install ## Draw docs/screenshots/reliability.png (FIGURES=JSON of bench-pronunciation)
	@test -n "$(FIGURES)" || { echo "Name the figures: make plot-reliability FIGURES=file.json" >&2; exit 2; }
	@$(VENV)/python -m scripts.torch_environment
	@.dev/torch/bin/python -m training.plot_reliability "$(FIGURES)" --output docs/screenshots/reliability.png

plot-turns: install ## Draw the pictures of docs/turn_taking.md: waits and cut-ins (FIGURES=JSON of an earlier run)
	@$(MANAGE) fetch_models
	@$(VENV)/python -m scripts.torch_environment
	@mkdir -p var/bench/turns
	@$(if $(FIGURES),:,$(VENV)/python -m bench.turns.sweep > var/bench/turns/sweep.json)
	@.dev/torch/bin/python -m training.plot_turns "$(or $(FIGURES),var/bench/turns/sweep.json)" --output docs/screenshots/turns

train-languages: ## Train the phone models of Spanish, French and German anew (figures as JSON on stdout)
	@$(MAKE) --no-print-directory install >&2
	@$(MANAGE) fetch_models >&2
	@$(VENV)/python -m scripts.torch_environment >&2
	@.dev/torch/bin/python -m training.train_languages \
		--output inference/engines/scorers/weights

build-tutors: install ## Build the tutors' heads anew (ONLY="ada jonas")
	@$(VENV)/python -m training.tutors $(if $(ONLY),--only $(ONLY))

tutor-stills: install ## Draw the pictures of the tutors that pages show, beside their GLBs
	@$(VENV)/python -m training.tutors.stills

tutor-sheets: install ## Draw every mouth shape and state of the tutors to docs/faces (ONLY="ada jonas")
	@$(VENV)/python -m training.tutors.sheets $(if $(ONLY),--only $(ONLY))

tutor-clip: install ## Film twenty seconds of a tutor speaking to docs/faces (ONLY="ada jonas")
	@$(MANAGE) fetch_models
	@$(VENV)/python -m training.tutors.clip $(if $(ONLY),--only $(ONLY))

bundle-js: ## Bundle the part of three that the tutor's head uses anew (needs npm)
	@npm ci --ignore-scripts --no-audit --no-fund
	@npm run --silent bundle

clean: ## Remove the environment and caches (weights and data stay)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .dev
	find . -name __pycache__ -not -path './node_modules/*' -prune -exec rm -rf {} +
