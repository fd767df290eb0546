#!version:1.0.0.1
include:config "0011aabbccdd.cfg"
overwrite_mode = 1
