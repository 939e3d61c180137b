@echo off
start index.html
