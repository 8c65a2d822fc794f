"""Figures of the graphics cards of this host, where NVIDIA's library is installed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any


def gpu_figures() -> tuple[Mapping[str, float | str], ...]:
    """Return name, load (%), memory (MB) and temperature (°C) of each card; () without any.

    Through ``nvidia-ml-py``, which the requirements of GPU engines bring.
    """
    try:
        nvml: Any = import_module("pynvml")
        nvml.nvmlInit()
    except Exception:  # noqa: BLE001 no library, or no driver
        return ()
    try:
        return tuple(
            _card(nvml, nvml.nvmlDeviceGetHandleByIndex(i))
            for i in range(nvml.nvmlDeviceGetCount())
        )
    except Exception:  # noqa: BLE001 a card that fell off the bus must not end the worker
        return ()
    finally:
        nvml.nvmlShutdown()


def _card(nvml: Any, handle: Any) -> Mapping[str, float | str]:
    memory = nvml.nvmlDeviceGetMemoryInfo(handle)
    name = nvml.nvmlDeviceGetName(handle)
    return {
        "name": name.decode() if isinstance(name, bytes) else str(name),
        "load": float(nvml.nvmlDeviceGetUtilizationRates(handle).gpu),
        "memory_mb": memory.used / 1e6,
        "memory_total_mb": memory.total / 1e6,
        "temperature": float(
            nvml.nvmlDeviceGetTemperature(handle, nvml.NVML_TEMPERATURE_GPU)
        ),
    }
