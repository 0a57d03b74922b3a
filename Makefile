# Every task of the project; `make help` lists them. All that they make lies in .var/.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .var/venv
PY := $(VENV)/bin/python
STATIC_SOURCES := $(shell find portal news indices institutions -path '*/static/*' -type f)

# The development mode of a trial on this machine; DATABASE_URL, when given, is obeyed.
TRIAL := env -u DEBUG -u YOUJU_VAR YOUJU_DEV=1 PUBLIC_URL=http://127.0.0.1:$(PORT) \
	LOG_LEVEL=$(or $(LOG_LEVEL),WARNING)
# For checks that must not depend on a database: one that nothing has been written to.
EMPTY := DATABASE_URL=sqlite://:memory:
# Production variables, for checks that must hold there.
PRODUCTION := env -u DEBUG -u YOUJU_DEV $(EMPTY) ALLOWED_HOSTS=youju.example \
	PUBLIC_URL=https://youju.example \
	SECRET_KEY=for-the-checks-of-this-makefile-and-never-for-a-real-site
PYTEST := $(PY) -m pytest -n auto $(ARGS)

# Installs the packages of a lock, with a dot for each one and the time at the end.
define install
@began=$$SECONDS
printf '正在安装依赖（%s）' $(1)
PYTHONUNBUFFERED=1 $(PY) -m pip install --disable-pip-version-check --no-deps --require-hashes \
	--progress-bar off --requirement $(1) | awk '/^Collecting/ {printf "."; fflush()}'
printf ' 完成，用时 %s 秒。\n' $$((SECONDS - began))
touch $@
endef

.PHONY: help
help: ## 列出全部命令
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

.PHONY: setup
setup: $(VENV)/runtime.stamp .var/static.stamp ## 准备环境、数据库、静态文件和演示内容
	@$(TRIAL) $(PY) manage.py migrate --verbosity 0
	$(TRIAL) $(PY) manage.py load_demo

# Asked first: without its port nothing of the rest is worth the wait.
.PHONY: port
port: | $(PY)
	@$(PY) -c 'import socket; socket.create_server(("127.0.0.1", $(PORT))).close()' 2>/dev/null || {
		echo '端口 $(PORT) 不能用：已被别的程序占用，或者没有权限。可另选一个，例如 PORT=8765 make run。'
		exit 1
	}

.PHONY: run
run: port setup ## 准备好一切并启动网站（PORT=8000 可改端口）
	@printf '\n按 Ctrl-C 停止。\n'
	exec $(TRIAL) $(PY) -m gunicorn portal.wsgi --bind 127.0.0.1:$(PORT) --worker-class gthread \
		--workers 1 --threads 8 --no-control-socket --log-level warning

.PHONY: dev
dev: port setup ## 开发用：改动代码后自动重启，显示错误详情
	@exec $(TRIAL) DEBUG=1 $(PY) manage.py runserver 127.0.0.1:$(PORT)

.PHONY: test
test: $(VENV)/dev.stamp ## 在 SQLite 和 PostgreSQL 上运行全部测试（ARGS= 传给 pytest）
	@status=0
	echo 'SQLite：'
	env -u DATABASE_URL $(PYTEST) || status=$$?
	echo 'PostgreSQL：'
	$(PY) tests/postgres.py -- $(PYTEST) || status=$$?
	exit $$status

.PHONY: bench
bench: $(VENV)/runtime.stamp ## 测量页面、导入、登记册、指数、接口和搜索的速度和内存（临时数据库，数十分钟）
	@$(PY) -m tests.bench

.PHONY: check
check: $(VENV)/dev.stamp ## 检查格式、写法、模板、迁移和部署设置
	@$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m djlint --quiet --lint templates
	$(TRIAL) $(EMPTY) $(PY) manage.py makemigrations --check --dry-run
	$(TRIAL) $(EMPTY) $(PY) manage.py check
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

.PHONY: html
html: setup $(VENV)/dev.stamp ## 用 Nu 校验器检查各类公开页面的 HTML（需要 Java 和 npm）
	@$(TRIAL) $(PY) tests/validate_html.py

.PHONY: format
format: $(VENV)/dev.stamp ## 统一代码格式
	@$(PY) -m ruff check --fix --quiet . || true
	$(PY) -m ruff format .

.PHONY: lock
lock: $(VENV)/dev.stamp ## 按 pyproject.toml 更新锁定的依赖（ARGS=--upgrade 升级）
	@compile() {
		$(PY) -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
			--generate-hashes --no-header --no-annotate --no-emit-index-url \
			--no-emit-find-links $(ARGS) "$$@"
	}
	compile --output-file requirements.txt
	compile --group dev --constraints requirements.txt --output-file requirements-dev.txt

.PHONY: clean
clean: ## 删除 .var/（环境、演示数据库、图片）
	@rm -rf .var

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
		echo '需要 Python 3.11 或更新的版本，当前是：'"$$($(PYTHON) --version 2>&1)"'。可用 PYTHON=python3.12 指定。'
		exit 1
	}
	$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || {
		echo '这个 Python 缺少 venv 模块。在 Debian 或 Ubuntu 上请先运行：apt install python3-venv'
		exit 1
	}
	rm -f $(VENV)/*.stamp
	$(PYTHON) -m venv --clear $(VENV)

$(VENV)/runtime.stamp: requirements.txt | $(PY)
	$(call install,requirements.txt)

$(VENV)/dev.stamp: requirements-dev.txt | $(PY)
	$(call install,requirements-dev.txt)

.var/static.stamp: $(VENV)/runtime.stamp portal/settings.py $(STATIC_SOURCES)
	@$(TRIAL) $(PY) manage.py collectstatic --noinput --verbosity 0
	touch $@
