"""What commands make of a live session; `commands` alone is light, for whoever steers or shows one."""
